"""Folders for tests that write a thousand files."""

from __future__ import annotations

import os
import tempfile

MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else tempfile.gettempdir()
"""A folder in memory, where there is one. To wait for a disk a thousand times tells nothing about the program."""
