"""Texts, times and addresses: what a newsroom types, read and written. Nothing here knows of blogs.

Every module is a set of pure functions; new ones go here only if another program could use them as they are.
"""
