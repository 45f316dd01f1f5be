"""Conversations for tests, written one message a line."""

from __future__ import annotations

import re

from skills.skill import Message


def talked(text: str) -> tuple[Message, ...]:
    """One message a line: "Ana: text"."""
    lines = [line.partition(": ") for line in text.strip().splitlines()]
    return tuple(
        Message(
            author=author,
            text=said,
            ts=f"{1_700_000_000 + number}.000000",
            link=f"https://acme.slack.com/archives/C1/p{number}",
            mentions=tuple(re.findall(r"@(\w+)", said)),
        )
        for number, (author, _, said) in enumerate(lines, start=1)
    )
