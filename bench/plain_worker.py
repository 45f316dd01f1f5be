"""The plain worker that bench/start.py compares with: Celery and a transformers pipeline, no more.

It holds one small model, MiniLM in its package's folder, and answers a text with its vector.
"""

from __future__ import annotations

import os
from typing import Any

from celery import Celery
from transformers import pipeline

from skills.models.lock import locate

app = Celery("plain", broker=os.environ["PLAIN_BROKER"], backend=os.environ["PLAIN_BACKEND"])
app.conf.broker_connection_retry_on_startup = True
folder = str(locate("minilm")["model/config.json"].parent)
model: Any = pipeline("feature-extraction", model=folder, device=-1)


@app.task(name="embed")
def embed(text: str) -> int:
    """The length of the text's vectors, which proves that the model ran."""
    return len(model(text)[0][0])
