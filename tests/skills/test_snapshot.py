"""A model that the hub does not give is one sentence with what to do; nothing else is fetched."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

FETCH = """
import sys
from skills.models.lock import choose
from skills.models.snapshot import fetch_snapshot
fetch_snapshot(choose("call", models="hub"), files=["config.yaml"])
"""


class Gate(BaseHTTPRequestHandler):
    """A hub that refuses as it refuses who has not accepted a model's conditions."""

    tokens: list[str]

    def do_GET(self) -> None:
        self.tokens.append(self.headers.get("authorization", ""))
        self.send_response(403)
        self.send_header("X-Error-Code", "GatedRepo")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def gate() -> Iterator[ThreadingHTTPServer]:
    Gate.tokens = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Gate)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def refusal(gate: ThreadingHTTPServer, home: Path) -> str:
    ended = subprocess.run(
        [sys.executable, "-c", FETCH],
        env={
            **os.environ,
            "HF_ENDPOINT": f"http://127.0.0.1:{gate.server_port}",
            "HF_HOME": str(home),
            "HF_HUB_OFFLINE": "0",
            "HF_TOKEN": "hf_secret",
        },
        capture_output=True,
        text=True,
        timeout=60,
    )
    return ended.stderr


def test_a_gated_model_says_what_to_accept_and_set(
    gate: ThreadingHTTPServer, tmp_path: Path
) -> None:
    said = refusal(gate, tmp_path).splitlines()[-1]

    assert "do so at https://huggingface.co/pyannote/speaker-diarization-community-1" in said
    assert "set HF_TOKEN" in said


def test_the_token_of_the_environment_is_shown_to_the_hub_alone(
    gate: ThreadingHTTPServer, tmp_path: Path
) -> None:
    said = refusal(gate, tmp_path)

    assert "Bearer hf_secret" in Gate.tokens
    assert "hf_secret" not in said
