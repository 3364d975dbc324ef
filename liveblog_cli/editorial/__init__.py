"""What a desk asks of its blog: checks, statistics, sources, differences, the handover of a shift.

All of it is computed from a blog that was read. Nothing here changes the blog.
"""
