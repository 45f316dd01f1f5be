"""The doctor: looks at an installation and says, one line a check, what keeps it from answering."""
