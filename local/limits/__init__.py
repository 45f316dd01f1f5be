"""Limits: what Slack refuses in messages, blocks and views."""
