"""Personal data in texts and transcripts: one kind a file; redaction.py beside it is the door."""
