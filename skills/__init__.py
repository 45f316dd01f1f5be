"""The appliances: one file a skill (see skill.py); decode/ opens files, models/ loads weights,
terminal/ shows them without Slack."""
