"""Looking back from the command line: as of a day, between two days, under another policy."""
