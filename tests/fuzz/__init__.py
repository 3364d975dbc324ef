"""Whatever comes in: no traceback but a LiveblogError, no hang, no memory blow-up."""
