"""`python -m local`: starts the workspace and prints where it is."""

import argparse
import asyncio
import json
import signal
import socket
import sys
import tempfile
from pathlib import Path

from aiohttp import web

from local.installation import (
    DEFAULT_APP_TOKEN,
    DEFAULT_BOT_TOKEN,
    DEFAULT_SIGNING_SECRET,
    Installation,
)
from local.limits.manifests import check_manifest
from local.manifest import Manifest
from local.refusal import Refusal
from local.server import create_app
from local.shapes import Json
from local.slack import Slack

_HOST = "127.0.0.1"


def read_options(arguments: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m local", description="A Slack on localhost.")
    parser.add_argument("--port", type=int, default=3999, help="0 takes a free one")
    parser.add_argument("--manifest", type=Path, help="a Slack app manifest in JSON")
    parser.add_argument("--state-dir", type=Path, help="where files are kept; default: temporary")
    parser.add_argument("--events-url", default="", help="deliver by HTTP to this request URL")
    parser.add_argument("--bot-token", default=DEFAULT_BOT_TOKEN)
    parser.add_argument("--app-token", default=DEFAULT_APP_TOKEN)
    parser.add_argument("--signing-secret", default=DEFAULT_SIGNING_SECRET)
    return parser.parse_args(arguments)


def read_manifest(path: Path) -> Json:
    """What is in a file; a file without a manifest ends the program with a sentence."""
    try:
        return dict(json.loads(path.read_text()))
    except (OSError, ValueError, TypeError):
        sys.exit(f"I find no manifest in {path}: name a file that holds one in JSON.")


def make_slack(options: argparse.Namespace, state_dir: Path) -> Slack:
    """The workspace that the options describe."""
    source = read_manifest(options.manifest) if options.manifest else None
    check_manifest(source or {})
    installation = Installation(
        manifest=Manifest(source=source),
        bot_token=options.bot_token,
        app_token=options.app_token,
        signing_secret=options.signing_secret,
        events_url=options.events_url,
    )
    if not options.port:
        options.port = _free_port()
    base_url = f"http://{_HOST}:{options.port}"
    return Slack(installation=installation, base_url=base_url, state_dir=state_dir)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind((_HOST, 0))
        return int(free.getsockname()[1])


async def serve(slack: Slack, port: int) -> None:
    """Listen until SIGTERM or SIGINT; open connections get half a second to finish."""
    runner = web.AppRunner(create_app(slack), access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, _HOST, port).start()
    print(f"local Slack: {slack.base_url}/  (Web API: {slack.base_url}/api/)", flush=True)
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    await stopped.wait()
    await runner.cleanup()


def main() -> None:
    """Start with a kept state folder, or with one that goes when the program ends."""
    options = read_options(sys.argv[1:])
    with tempfile.TemporaryDirectory(prefix="local-slack-") as temporary:
        try:
            slack = make_slack(options, options.state_dir or Path(temporary))
        except Refusal as refusal:
            sys.exit("\n".join([f"Slack refuses this manifest: {refusal}", *refusal.messages]))
        asyncio.run(serve(slack, options.port))


if __name__ == "__main__":
    main()
