"""Exports on disk: the request, the pictures, files that are written whole, and watching for the next change.

Formats only render. All files of an export are read and written here.
"""
