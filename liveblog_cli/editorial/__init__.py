"""What a desk asks of its blog: checks, statistics, sources, differences, a shift handed over.

Everything here is answered from a blog that was read, and changes nothing.
"""
