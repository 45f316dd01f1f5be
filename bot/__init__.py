"""The bot: listens to Slack, answers in milliseconds, queues one Job a request."""
