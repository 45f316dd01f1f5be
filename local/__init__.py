"""A Slack workspace on localhost: it knows Slack's public API and nothing of the app it serves."""
