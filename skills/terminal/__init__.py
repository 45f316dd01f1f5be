"""The terminal: what `python -m skills` reads, in which order it answers, and what it shows."""
