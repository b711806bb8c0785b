"""The command line: new, check, watch, trace and the others."""
