"""Recordings: what is said in them, when and by whom, as text and as files."""
