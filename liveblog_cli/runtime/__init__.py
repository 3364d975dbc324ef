"""What surrounds one run of the program: streams, signals, folders, the machine, and how the run ends.

Whoever reads the environment or writes to a standard stream does it through here. Nothing here knows of blogs.
"""
