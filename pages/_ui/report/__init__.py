"""The monthly report on the pages: one click for a file, a job for the files of all regions."""
