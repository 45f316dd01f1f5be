"""The peer's worker: one Celery task a request, results ignored, the answer posted by WebClient."""

from __future__ import annotations

import os
import time
from functools import cache
from typing import Any

from celery import Celery
from celery.signals import worker_process_init
from slack_sdk import WebClient

from bench.skills.grind import grind as grind_for
from bench.skills.nap import BATCH_SECONDS, ITEM_SECONDS

URL = os.environ.get("REDIS_URL", "").replace("unix://", "redis+socket://")
app = Celery("peer", broker=URL)
app.conf.update(
    task_ignore_result=True,
    broker_connection_retry_on_startup=True,
    worker_proc_alive_timeout=120,
)


@cache
def client() -> WebClient:
    """Slack, as its guide shows it."""
    return WebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])


@worker_process_init.connect
def load_models(**_: Any) -> None:
    """Each process loads what it will be asked for before it is asked."""
    for name in filter(None, os.environ.get("PEER_MODELS", "").split(",")):
        model(name)


@cache
def model(name: str) -> Any:
    """A model, loaded once a process."""
    from bench.peers import files, models

    loads = {
        "sentiment": models.load_sentiment,
        "classify": files.load_classify,
        "transcribe": files.load_transcribe,
        "summarize": files.load_summarize,
    }
    return loads[name]()


def say(text: str, channel: str, *, thread: str, user: str = "") -> None:
    """Answer in the thread; without one the person is named, for a command is no message."""
    if thread:
        client().chat_postMessage(channel=channel, text=text, thread_ts=thread)
    else:
        client().chat_postMessage(channel=channel, text=f"<@{user}> {text}")


@app.task
def sentiment(text: str, channel: str, user: str, thread: str) -> None:
    label, share = model("sentiment")(text)
    say(f"{label.capitalize()} ({share:.0%} sure).", channel, thread=thread, user=user)


@app.task
def nap(text: str, channel: str, user: str, thread: str) -> None:
    time.sleep(float(text) * (BATCH_SECONDS + ITEM_SECONDS))
    say("Slept.", channel, thread=thread, user=user)


@app.task
def grind(text: str, channel: str, user: str, thread: str) -> None:
    say(f"Ground for {grind_for(float(text)):.0f} s.", channel, thread=thread, user=user)


@app.task
def classify(file: str, channel: str, thread: str) -> None:
    say(on_file("classify", file), channel, thread=thread)


@app.task
def transcribe(file: str, channel: str, thread: str) -> None:
    say(on_file("transcribe", file), channel, thread=thread)


@app.task
def summarize(file: str, channel: str, thread: str) -> None:
    say(on_file("summarize", file), channel, thread=thread)


def on_file(kind: str, file: str) -> str:
    """Download a file and run a model on it."""
    import tempfile

    import requests

    found = client().files_info(file=file)["file"]
    headers = {"Authorization": f"Bearer {client().token}"}
    answer = requests.get(found["url_private_download"], headers=headers, timeout=30)
    with tempfile.NamedTemporaryFile(suffix=f"-{found['name']}") as local:
        local.write(answer.content)
        local.flush()
        return str(model(kind)(local.name))
