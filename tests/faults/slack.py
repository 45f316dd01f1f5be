"""Local Slack whose public address is a proxy: files, sockets and response URLs lead through it."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from local.__main__ import make_slack, read_options, serve


def main(arguments: list[str]) -> None:
    """`--public PORT` is the proxy's; everything else is `python -m local`'s."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--public", type=int, required=True)
    own, rest = parser.parse_known_args(arguments)
    options = read_options(rest)
    listening, options.port = options.port, own.public
    with tempfile.TemporaryDirectory(prefix="local-slack-") as folder:
        asyncio.run(serve(make_slack(options, Path(folder)), listening))


if __name__ == "__main__":
    main(sys.argv[1:])
