"""Run a live blog from the terminal: one TOML file in, pages and feeds out."""

__version__ = "0.1.0"
