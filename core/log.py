"""Structured logging: a job id on every line, never what people wrote, never a token."""

from __future__ import annotations

import logging
import sys

import structlog
from structlog.typing import FilteringBoundLogger


def configure_logging(*, format: str = "console") -> None:
    """Send our lines to stderr; `format` is "console" or "json".

    Libraries log at WARNING only, because slack_sdk prints request bodies below it. Tracebacks are
    plain: a pretty one shows local variables, and those hold what people wrote.
    """
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, force=True)
    renderer: list[structlog.typing.Processor] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        if format == "json"
        else [
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            )
        ]
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            *renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def logger(name: str) -> FilteringBoundLogger:
    """A logger whose lines carry `program`; it looks up the configuration when it first speaks."""
    lazy: FilteringBoundLogger = structlog.get_logger(program=name)
    return lazy


def place_only(error: Exception) -> Exception:
    """The error's place and type without its text, which may quote what a person wrote."""
    return RuntimeError(type(error).__name__).with_traceback(error.__traceback__)
