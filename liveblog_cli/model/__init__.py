"""A blog as frozen values, and all that can be said of them alone: history, undo, filters, what readers noticed.

Pure: no file, no clock, no terminal. A field of an entry has its home in here.
"""
