"""What senders and reporters give, made into values of a blog: JSON lines, stdin, drafts, image files, heads.

Everything that comes in is cleaned here, once, before a blog file sees it.
"""
