"""Answers given before: who asks the same in the same channel is not kept waiting for a model.

What was asked is known by a keyed hash only, and answers lie in Redis encrypted, for as long as
REMEMBER_MINUTES says. They never leave the channel they were given in.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from core.cipher import Cipher
from core.errors import SetupError, TransientError
from core.job import Content, Job
from core.reply import Reply
from core.scripts import PREFIX, Scripts

MOST_BYTES = 256 * 1024  # a larger one (a long transcript with its files) is worked out again

_REPLY = TypeAdapter(Reply)


class Answers:
    """A cache that may forget anything at any time: what fails here counts as not known."""

    def __init__(
        self, scripts: Scripts, cipher: Cipher, *, edition: str, minutes: int = 60
    ) -> None:
        """`edition` names the models and the version of their skills: another one answers anew.

        With `minutes` 0 nothing is remembered.
        """
        self._scripts = scripts
        self._cipher = cipher
        self._edition = edition
        self._seconds = 60 * minutes

    def name(self, job: Job, content: Content, *, sha256: str, file: str = "") -> str:
        """The key of what a job asks; `sha256` and name are its `file`'s, "" for a text."""
        asked = [
            self._edition, job.enterprise, job.team, job.channel, job.skill,
            sorted(content.options.items()), content.subject, content.text, sha256, file,
        ]  # fmt: skip
        return f"{PREFIX}answer:{job.team}:{self._cipher.mark(json.dumps(asked).encode())}"

    def find(self, names: Sequence[str]) -> list[Reply | None]:
        """The answer of each name, None where there is none."""
        if not (names and self._seconds):
            return [None for _ in names]
        try:
            sealed: list[Any] = self._scripts.ask(lambda redis: redis.mget(names))
        except TransientError:
            return [None for _ in names]
        return [self._open(each) if each else None for each in sealed]

    def keep(self, name: str, answer: Reply) -> None:
        """Remember this one."""
        if not (self._seconds and (sealed := self._seal(answer))):
            return
        with suppress(TransientError):  # it is worked out again
            self._scripts.command("SET", name, sealed, "EX", self._seconds)

    def _seal(self, reply: Reply) -> bytes:
        """Empty for one that is too large, or whose files are no text."""
        try:
            sealed = self._cipher.seal(_REPLY.dump_json(reply))
        except PydanticSerializationError:
            return b""
        return sealed if len(sealed) <= MOST_BYTES else b""

    def _open(self, sealed: bytes) -> Reply | None:
        try:
            return _REPLY.validate_json(self._cipher.open(sealed))
        except (SetupError, ValidationError):  # another key, or another version's form
            return None
