"""How nbconvert reruns the notebooks: nothing is kept that differs from run to run."""

c = get_config()  # noqa: F821
c.ExecutePreprocessor.record_timing = False
c.ClearMetadataPreprocessor.enabled = True
c.ClearMetadataPreprocessor.preserve_nb_metadata_mask = {"kernelspec"}
c.ExecutePreprocessor.extra_arguments = ["--log-level=ERROR"]
