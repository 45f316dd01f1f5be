"""The list of all methods that this Slack offers."""

from local.web_api import (
    assistant,
    auth,
    chat,
    conversations,
    files,
    history,
    reactions,
    streams,
    users,
    views,
)
from local.web_api.call import Method

METHODS: dict[str, Method] = {
    **auth.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **history.METHODS,
    **users.METHODS,
    **files.METHODS,
    **reactions.METHODS,
    **views.METHODS,
    **assistant.METHODS,
    **streams.METHODS,
}
