"""Texts, times and addresses: reading what a newsroom types, and writing it. Nothing here knows of blogs.

Every module is a set of pure functions. Put a new one here only if another program could use it unchanged.
"""
