"""Decoders: each opens one kind of untrusted file, in the child process of `sandbox.py`."""
