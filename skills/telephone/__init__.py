"""Recorded calls: how they ended, what was promised, by which rules, and many calls together."""
