"""Documents, conversations and texts: summaries, minutes, and what they say to a question."""
