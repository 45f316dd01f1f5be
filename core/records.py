"""`Records`: what is kept longer than a job, each record sealed, in the database.

One table for all kinds ("preferences" of a channel, a "call" that was answered): a kind, the team
and channel it belongs to, a key, the person it came from, when it was written, and the value as
JSON under the cipher, so that neither the file nor a dump of it can be read. The database is the
one DATABASE_URL names, or a SQLite file in DATA_DIR.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from core.cipher import Cipher
from core.errors import SetupError, TransientError
from core.settings import Settings

if TYPE_CHECKING:  # the bot that only waits does without: it costs 12 MB
    from sqlalchemy import ColumnElement, Connection, Engine, Table

DAY = 24 * 3600
PATIENCE_SECONDS = 5.0  # of who writes into a SQLite file while another does
LONGEST = {"kind": 20, "team": 40, "channel": 40, "key": 80, "person": 40}


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """One record; `written` is in seconds since 1970, `sealed` the value as it was read."""

    team: str
    channel: str
    key: str
    value: dict[str, Any] = field(default_factory=dict)
    person: str = ""
    written: float = 0.0
    sealed: bytes = field(default=b"", compare=False, repr=False)


class Records:
    """Every method raises TransientError when the database does not answer."""

    def __init__(self, url: str, *, cipher: Cipher) -> None:
        """`url` is SQLAlchemy's: `sqlite:////path`, `postgresql+psycopg://…`. Nothing is opened."""
        self._url = url
        self._cipher = cipher

    def put(self, kind: str, record: Record) -> None:
        """Write a record in the place of the one with its kind, team, channel and key.

        `written` 0 means now.
        """
        row = {
            "kind": kind,
            "team": record.team,
            "channel": record.channel,
            "key": record.key,
            "person": record.person,
            "written": record.written or time.time(),
            "sealed": self._cipher.seal(json.dumps(record.value).encode()),
        }
        same = {name: row[name] for name in ("kind", "team", "channel", "key")}
        with self._begin() as connection:
            connection.execute(self._table.delete().where(*self._are(same)))
            connection.execute(self._table.insert().values(row))

    def change(self, kind: str, record: Record) -> bool:
        """Give a record that was read another value; False when it is gone, or changed since."""
        same = {
            "kind": kind, "team": record.team, "channel": record.channel, "key": record.key,
            "sealed": record.sealed,  # no two are the same, whatever the value
        }  # fmt: skip
        sealed = self._cipher.seal(json.dumps(record.value).encode())
        with self._begin() as connection:
            changed = self._table.update().where(*self._are(same)).values(sealed=sealed)
            return bool(connection.execute(changed).rowcount)

    def get(self, kind: str, *, team: str, channel: str, key: str = "") -> Record | None:
        """The record, or None when there is none or another key sealed it."""
        return next(self._find(kind, {"team": team, "channel": channel, "key": key}), None)

    def all(self, kind: str, *, since: float = 0.0, **where: str) -> Iterator[Record]:
        """Records of a kind, the latest first; `where` may name team, channel, key or person."""
        return self._find(kind, where, since=since)

    def prune(self, kind: str, *, days: int) -> int:
        """Erase what is older; how many records that were."""
        table = self._table
        return self._erase(table.c.kind == kind, table.c.written < time.time() - days * DAY)

    def erase(self, kind: str, *, team: str, **where: str) -> int:
        """Erase what is kept of a team; `where` may name channel, key or person."""
        return self._erase(*self._are({"kind": kind, "team": team, **where}))

    def close(self) -> None:
        """Close the connections; the next question opens new ones."""
        self._engine.dispose()

    def _erase(self, *conditions: ColumnElement[bool]) -> int:
        with self._begin() as connection:
            return int(connection.execute(self._table.delete().where(*conditions)).rowcount)

    def _find(self, kind: str, where: dict[str, str], since: float = 0.0) -> Iterator[Record]:
        table = self._table
        asked = (
            table.select()
            .where(*self._are({"kind": kind, **where}), table.c.written >= since)
            .order_by(table.c.written.desc())
        )
        with self._begin() as connection:
            rows = connection.execute(asked).mappings().all()
        for row in rows:
            try:
                value = json.loads(self._cipher.open(row["sealed"]))
            except SetupError:
                continue  # another key: as good as gone
            yield Record(
                team=row["team"],
                channel=row["channel"],
                key=row["key"],
                person=row["person"],
                written=row["written"],
                value=value,
                sealed=row["sealed"],
            )

    def _are(self, where: dict[str, Any]) -> list[ColumnElement[bool]]:
        return [self._table.c[name] == value for name, value in where.items()]

    @contextmanager
    def _begin(self) -> Iterator[Connection]:
        from sqlalchemy.exc import SQLAlchemyError

        try:
            with self._engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            name = type(error).__name__  # its text may hold the statement's values
            raise TransientError(f"The database does not answer ({name}).") from None

    @cached_property
    def _engine(self) -> Engine:
        from sqlalchemy import create_engine
        from sqlalchemy.exc import ArgumentError, NoSuchModuleError

        patience = {"timeout": PATIENCE_SECONDS} if self._url.startswith("sqlite") else {}
        try:
            engine = create_engine(self._url, pool_pre_ping=True, connect_args=patience)
        except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
            raise SetupError(
                "DATABASE_URL cannot be used: write postgresql+psycopg://user:password@host/name "
                "(and install it with `pip install 'readymade[postgres]'`), or leave it empty."
            ) from error
        self._table.metadata.create_all(engine)
        return engine

    @cached_property
    def _table(self) -> Table:
        from sqlalchemy import Column, Float, Index, LargeBinary, MetaData, String, Table

        key = ("kind", "team", "channel", "key")
        columns = [Column(name, String(LONGEST[name]), primary_key=True) for name in key]
        return Table(
            "records",
            MetaData(),
            *columns,
            Column("person", String(LONGEST["person"]), nullable=False),
            Column("written", Float, nullable=False),
            Column("sealed", LargeBinary, nullable=False),
            Index("records_written", "kind", "written"),
        )


def create_records(settings: Settings, *, cipher: Cipher) -> Records:
    """The records of DATABASE_URL, or of a file in DATA_DIR that only this user may read."""
    url = settings.database_url.get_secret_value()
    if url:
        return Records(url, cipher=cipher)
    path = (settings.data_dir / "records.sqlite").resolve()
    path.touch(mode=0o600)
    return Records(f"sqlite:///{path}", cipher=cipher)
