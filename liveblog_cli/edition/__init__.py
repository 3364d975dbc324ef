"""What readers may see at one moment, and the words and dates of their language.

Nothing unpublished passes through here: every format gets an `Edition`, none gets a `Blog`.
"""
