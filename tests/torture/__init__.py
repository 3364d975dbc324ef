"""Many writers, kills, full disks: every acknowledged change must be in the file.

`python -m tests.torture` runs the long version and prints a table; `test_torture.py` a short one.
"""
