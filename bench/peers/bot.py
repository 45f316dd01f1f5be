"""The peer's bot: Bolt as its guide shows it, `ack()` and then `task.delay()`."""

from __future__ import annotations

import os
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bench.peers import tasks
from bench.peers.slack import parent, working

COMMANDS = {"/sentiment": tasks.sentiment, "/nap": tasks.nap, "/grind": tasks.grind}
KINDS = {"wav": tasks.transcribe, "jpg": tasks.classify, "pdf": tasks.summarize}
THREADS = 64  # as many as ours


def create_app() -> App:
    """Bolt's default, with a listener a feature."""
    app = App(
        signing_secret=os.environ["SLACK_SIGNING_SECRET"],
        client=WebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"]),
    )
    terse = bool(os.environ["PEER_TERSE"])  # the answer is the only message

    def on_command(ack: Ack, command: dict[str, Any], client: WebClient) -> None:
        ack()
        channel, user = command["channel_id"], command["user_id"]
        ts = "" if terse else working(client, channel, parent(client, command))
        COMMANDS[command["command"]].delay(command["text"], channel, user, ts)

    for name in COMMANDS:
        app.command(name)(on_command)

    @app.event("message")
    def on_message(event: dict[str, Any], client: WebClient) -> None:
        channel, thread = event["channel"], event["ts"]
        for file in event.get("files") or []:
            ts = "" if terse else working(client, channel, thread)
            task = KINDS[file["name"].rsplit(".", 1)[-1]]
            task.delay(file["id"], channel, thread, ts)

    return app


def main() -> None:
    """Serve on PORT with Bolt's own server, or with the WSGI server that ours has."""
    app, port = create_app(), int(os.environ["PORT"])
    if os.environ["PEER_SERVER"] == "bolt":
        app.start(port, http_server_logger_enabled=False)
        return
    import waitress
    from slack_bolt.adapter.wsgi import SlackRequestHandler

    waitress.serve(SlackRequestHandler(app), host="127.0.0.1", port=port, threads=THREADS)


if __name__ == "__main__":
    main()
