"""The report on paper: a PDF of the same slides, made without a browser or an office program."""
