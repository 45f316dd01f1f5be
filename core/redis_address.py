"""Where Redis is: REDIS_URL, read once and refused when it is unsafe or misspelt.

    unix:///PATH                                                a socket of this machine
    redis://[USER]:PASSWORD@HOST:PORT/DB                        one server
    rediss://…?ssl_ca_certs=FILE                                the same over TLS, always verified
    sentinel://[USER]:PASSWORD@HOST:PORT,HOST:PORT/NAME[/DB]    the primary that Sentinel names

Redis keeps everybody's jobs, so one that other machines reach must have a password.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit

from core.errors import SetupError

PORTS = {"redis": 6379, "rediss": 6379, "sentinel": 26379}
FILES = ("ssl_ca_certs", "ssl_certfile", "ssl_keyfile")
OPTIONS = {"rediss": FILES, "sentinel": ("sentinel_password",)}
FORMS = (
    "REDIS_URL cannot be read: write redis://:PASSWORD@HOST:6379/0, rediss:// for TLS, "
    "unix:///PATH, or sentinel://:PASSWORD@HOST:26379,HOST:26379/NAME; special characters of a "
    "password as %XX."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class RedisAddress:
    """One of the forms above, in parts; `primary` is the name that Sentinel knows it by, or ""."""

    url: str = field(repr=False)
    scheme: str
    hosts: tuple[tuple[str, int], ...] = ()
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    primary: str = ""
    database: int = 0
    options: dict[str, str] = field(default_factory=dict, repr=False)

    @property
    def celery_url(self) -> str:
        """The same server in Celery's spelling."""
        if self.scheme == "unix":
            return self.url.replace("unix://", "redis+socket://", 1)
        if self.scheme == "rediss":  # kombu checks no certificate unless it is told to
            return f"{self.url}{'&' if self.options else '?'}ssl_cert_reqs=required"
        if self.scheme == "sentinel":
            who = f"{quote(self.username or '', safe='')}:{quote(self.password or '', safe='')}"
            return ";".join(
                f"sentinel://{who}@{host}:{port}/{self.database}" for host, port in self.hosts
            )
        return self.url


def read_address(url: str) -> RedisAddress:
    """The parts of a URL.

    Raises SetupError, which never quotes it, when it cannot be read or lacks a password.
    """
    try:
        parts = urlsplit(url)
        address = _socket(url, parts) if parts.scheme == "unix" else _server(url, parts)
    except (ValueError, KeyError):
        raise SetupError(FORMS) from None
    _check_files(address)
    if not address.password and not _is_ours_alone(address):
        raise SetupError(
            "REDIS_URL names a Redis without a password that other machines can reach: set "
            "`requirepass` there and write redis://:PASSWORD@HOST:PORT/0."
        )
    return address


def _socket(url: str, parts: SplitResult) -> RedisAddress:
    if parts.netloc or not parts.path or parts.query or parts.fragment:
        raise ValueError
    return RedisAddress(url=url, scheme="unix")


def _server(url: str, parts: SplitResult) -> RedisAddress:
    who, _, where = parts.netloc.rpartition("@")
    username, _, password = (unquote(part) for part in who.partition(":"))
    primary, database = _path(parts)
    options = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    hosts = tuple(_host(each, port=PORTS[parts.scheme]) for each in where.split(","))
    known = set(options) <= set(OPTIONS.get(parts.scheme, ()))
    if not known or parts.fragment or (len(hosts) > 1 and not primary):
        raise ValueError
    return RedisAddress(
        url=url, scheme=parts.scheme, hosts=hosts, username=username or None,
        password=password or None, primary=primary, database=database, options=options,
    )  # fmt: skip


def _path(parts: SplitResult) -> tuple[str, int]:
    """The primary's name (Sentinel only) and the number of the database."""
    names = [unquote(name) for name in parts.path.strip("/").split("/") if name]
    primary = names.pop(0) if parts.scheme == "sentinel" and names else ""
    if len(names) > 1 or (parts.scheme == "sentinel" and not primary):
        raise ValueError
    return primary, int(names[0]) if names else 0


def _host(text: str, *, port: int) -> tuple[str, int]:
    parts = urlsplit(f"//{text}")
    if not parts.hostname:
        raise ValueError
    return parts.hostname, parts.port or port


def _check_files(address: RedisAddress) -> None:
    for name in FILES:
        file = address.options.get(name)
        if file and not Path(file).is_file():
            raise SetupError(f"REDIS_URL names the file {file}, which is not there.")


def _is_ours_alone(address: RedisAddress) -> bool:
    """Whether no other machine reaches it; where a primary is, Sentinel says, and it moves."""
    return address.scheme != "sentinel" and all(_is_loopback(host) for host, _ in address.hosts)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
