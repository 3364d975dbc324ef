"""This user at this machine: which blog file is meant, the configuration, the editor and its drafts, hooks, trust.

What is kept between two commands outside the blog file is kept by this room.
"""
