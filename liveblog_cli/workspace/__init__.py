"""This user at this machine: the blog file of a command, the configuration, the editor and its drafts, hooks, trust.

All that is stored between two commands outside the blog file is stored by this room.
"""
