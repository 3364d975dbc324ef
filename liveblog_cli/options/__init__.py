"""The parts of the command line that several commands share: options, completion, how words are told apart.

An option that one command alone has stands in that command's file.
"""
