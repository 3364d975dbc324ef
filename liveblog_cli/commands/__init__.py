"""The commands: one module each, found by its name, with a function of that name.

Only the one that runs is imported. A command reads, changes, writes and says what it did; what it knows of blogs
stands in the rooms below.
"""
