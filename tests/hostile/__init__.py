"""Hostile files: a corpus, a fuzzer, and two doors through which they are sent."""
