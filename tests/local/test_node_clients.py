"""Local Slack against clients that are not ours: Slack's own Bolt and Web API for JavaScript."""

import json
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from local.transcript import visible_text
from tests.local.conftest import RunningSlack

FOLDER = Path(__file__).parent / "node"


@pytest.fixture(scope="module", autouse=True)
def packages() -> None:
    """The npm packages, installed once into a folder that git ignores."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("node and npm are not installed")
    if not (FOLDER / "node_modules/@slack/bolt").is_dir():
        command = [npm, "install", "--no-package-lock", "--no-audit", "--no-fund"]
        done = subprocess.run(
            [*command, "--ignore-scripts"], cwd=FOLDER, capture_output=True, timeout=300
        )
        if done.returncode:
            pytest.skip("npm could not install the packages: no registry is reachable")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture(params=["socket", "http"])
def bolt(start_slack: Callable[..., RunningSlack], request: Any) -> Iterator[RunningSlack]:
    """A local Slack with a Bolt app in JavaScript, over Socket Mode and over HTTP."""
    slack = start_slack()
    command = ["node", "bolt_app.mjs", f"{slack.url}/api/"]
    if request.param == "http":
        port = free_port()
        command.append(str(port))
        slack.slack.installation.events_url = f"http://127.0.0.1:{port}/slack/events"
    with subprocess.Popen(command, cwd=FOLDER, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        if request.param == "socket":
            slack.workspace.wait_for_app(5)
        yield slack
        process.kill()


def test_bolt_answers_everything_a_person_does(bolt: RunningSlack, tmp_path: Path) -> None:
    ada, workspace = bolt.ada, bolt.workspace
    outcome = ada.slash("/sentiment", "I love it", channel="support")
    parent = workspace.wait_for(lambda: workspace.messages("support"))[0]
    answer = workspace.wait_for_reply(parent, "positive", 5)
    pong = workspace.wait_for_reply(ada.say("support", "@readymade ping"), "Press", 5)
    ada.click(pong | {"channel": answer["channel"]}, "press")
    workspace.wait_for(
        lambda: workspace.thread("support", pong["thread_ts"])[1]["text"] == "pressed", 5
    )
    ada.shortcut("look", parent | {"channel": answer["channel"]})
    workspace.wait_for(lambda: workspace.messages("support")[0].get("reactions"), 5)

    assert (outcome["ok"], parent["metadata"]["event_payload"]) == (True, {"key": "k1"})


def test_bolt_refuses_and_takes_a_form(bolt: RunningSlack) -> None:
    ada, workspace = bolt.ada, bolt.workspace
    ada.slash("/form", channel="support")
    view = workspace.wait_for(lambda: workspace.views("ada"), 5)[0]
    refused = ada.submit(view, {"who": "Al"})["errors"]
    ada.submit(view, {"who": "Alan"})
    greeting = workspace.wait_for(lambda: workspace.messages("dm"), 5)[0]["text"]

    assert (refused, greeting) == ({"who": "too short"}, "hello Alan")


def test_bolt_echoes_the_challenge_of_a_request_url(bolt: RunningSlack) -> None:
    is_http = not bolt.workspace.about()["app"]["socket_mode"]

    assert bolt.workspace.call("POST", "verify")["ok"] == is_http


def test_bolt_reads_and_sends_files(bolt: RunningSlack, tmp_path: Path) -> None:
    path = tmp_path / "quiet.txt"
    path.write_text("psst")
    said = bolt.ada.upload("support", [path])
    reply = bolt.workspace.wait_for_reply(said, "loud.txt", 10)
    file = bolt.slack.files.get(reply["files"][0]["id"])

    assert file.path is not None
    assert (visible_text(reply), file.path.read_bytes()) == ("[file: loud.txt]", b"PSST")


def test_the_web_client_of_node_works(slack: RunningSlack) -> None:
    support = slack.workspace.channel("support")
    slack.workspace.faults(rate_limit=False)
    command = ["node", "web_api.mjs", f"{slack.url}/api/", support]
    done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, timeout=30)
    report = json.loads(done.stdout)

    assert (report["refusal"], report["members"], report["file"]) == (
        "invalid_blocks",
        ["readymade", "ada", "grace", "linus"],
        "a.txt",
    )
    assert report["complaint"] == (
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    )


def test_node_waits_as_long_as_retry_after_says(slack: RunningSlack) -> None:
    support = slack.workspace.channel("support")
    slack.workspace.faults(
        fail_next=[{"method": "auth.test", "status": 429, "retry_after": 1, "times": 1}]
    )
    command = ["node", "web_api.mjs", f"{slack.url}/api/", support]
    done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, timeout=30)

    assert (done.returncode, slack.workspace.log()["counts"]["auth.test"]) == (0, 2)
