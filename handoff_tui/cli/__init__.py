"""The command line: one small file per command; streams and exit codes in `streams`."""
