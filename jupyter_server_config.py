"""How `make lab` saves notebooks: as nbconvert writes them, so that a diff shows outputs alone."""

c = get_config()  # noqa: F821
VIEW = "application/vnd.jupyter.widget-view+json"


def without_session(model: dict, **_: object) -> None:
    """Leave out what differs from session to session: versions, times, controls that are gone."""
    if model["type"] != "notebook" or not isinstance(model["content"], dict):
        return
    for name in ("language_info", "widgets"):
        model["content"]["metadata"].pop(name, None)
    for cell in model["content"]["cells"]:
        for name in ("execution", "trusted"):
            cell["metadata"].pop(name, None)
        if "outputs" in cell:
            cell["outputs"] = [each for each in cell["outputs"] if VIEW not in each.get("data", {})]


c.ContentsManager.pre_save_hook = without_session
