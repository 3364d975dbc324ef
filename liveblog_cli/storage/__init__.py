"""The blog file: where its blocks begin, how bytes of it change, under which lock, and what a crash left.

Only this room opens a blog file. `blogfile` and `blogreader` are its door; whoever changes `store`, `session`,
`recovery` or `in_place` runs `make torture`.
"""
