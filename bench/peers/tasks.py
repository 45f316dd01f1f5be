"""The peer's worker: one Celery task a request, results ignored, the answer posted by WebClient."""

from __future__ import annotations

import os
import time
from functools import cache
from typing import Any

from celery import Celery
from slack_sdk import WebClient

from bench.skills.grind import grind as grind_for
from bench.skills.nap import BATCH_SECONDS, ITEM_SECONDS

URL = os.environ.get("REDIS_URL", "").replace("unix://", "redis+socket://")
app = Celery("peer", broker=URL)
app.conf.update(task_ignore_result=True, broker_connection_retry_on_startup=True)


@cache
def client() -> WebClient:
    """Slack, as its guide shows it."""
    return WebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])


@cache
def model(name: str) -> Any:
    """A model, loaded once a process."""
    from bench.peers import models

    return getattr(models, f"load_{name}")()


def say(channel: str, user: str, text: str) -> None:
    """Answer a command: the person is named, because a command has no message to reply to."""
    client().chat_postMessage(channel=channel, text=f"<@{user}> {text}")


@app.task
def sentiment(text: str, channel: str, user: str) -> None:
    label, share = model("sentiment")(text)
    say(channel, user, f"{label.capitalize()} ({share:.0%} sure).")


@app.task
def nap(text: str, channel: str, user: str) -> None:
    time.sleep(float(text) * (BATCH_SECONDS + ITEM_SECONDS))
    say(channel, user, "Slept.")


@app.task
def grind(text: str, channel: str, user: str) -> None:
    say(channel, user, f"Ground for {grind_for(float(text)):.0f} s.")


def answer_file(kind: str, file: str, channel: str, thread: str) -> None:
    """Download a file, run a model on it, and answer under it."""
    import tempfile

    import requests

    found = client().files_info(file=file)["file"]
    headers = {"Authorization": f"Bearer {client().token}"}
    answer = requests.get(found["url_private_download"], headers=headers, timeout=30)
    with tempfile.NamedTemporaryFile(suffix=f"-{found['name']}") as local:
        local.write(answer.content)
        local.flush()
        text = model(kind)(local.name)
    client().chat_postMessage(channel=channel, thread_ts=thread, text=text)


@app.task
def classify(file: str, channel: str, thread: str) -> None:
    answer_file("classify", file, channel, thread)


@app.task
def transcribe(file: str, channel: str, thread: str) -> None:
    answer_file("transcribe", file, channel, thread)


@app.task
def summarize(file: str, channel: str, thread: str) -> None:
    answer_file("summarize", file, channel, thread)
