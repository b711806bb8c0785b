"""Print the licence of each package that is installed, as the package states it."""

from importlib.metadata import Distribution, distributions


def licence(package: Distribution) -> str:
    """SPDX expression, else the classifiers, else the first line of the licence field."""
    said = package.metadata
    named = [each.split(" :: ")[-1] for each in said.get_all("Classifier", []) if "License" in each]
    field = (said["License"] or "not stated").strip().splitlines()[0]
    return said["License-Expression"] or ", ".join(named) or field


if __name__ == "__main__":
    found = {each.metadata["Name"]: each for each in distributions()}
    for name in sorted(found, key=str.lower):
        print(f"{name} {found[name].version}: {licence(found[name])}")
