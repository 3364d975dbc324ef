"""Exports on disk: what was asked for, pictures, files that appear whole, and watching for what changes next.

Formats only render; everything that an export reads or writes is read or written here.
"""
