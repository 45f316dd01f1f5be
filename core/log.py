"""Structured logging: a job id on every line, never what people wrote, never a token."""

from __future__ import annotations

import logging
import sys

import structlog
from structlog.typing import FilteringBoundLogger


def configure_logging(*, format: str = "console") -> None:
    """Send our lines to stderr; `format` is "console" or "json".

    Libraries log at WARNING only: slack_sdk and slack_bolt print whole request bodies below it.
    """
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, force=True)
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if format == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def logger(name: str) -> FilteringBoundLogger:
    """A logger whose lines carry `name` and whatever is bound to the running job."""
    bound: FilteringBoundLogger = structlog.get_logger().bind(logger=name)
    return bound
