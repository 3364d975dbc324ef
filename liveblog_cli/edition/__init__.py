"""What readers may see at one moment, and the words and dates of their language.

Nothing unpublished gets past this room: every format gets an `Edition`, and no format gets a `Blog`.
"""
