"""What people see on a terminal, and what commands say back. Only this room knows Rich.

Off a terminal the same is said as plain lines, without colours, boxes or wrapping.
"""
