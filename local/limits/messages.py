"""Messages: what a message may hold, and the content that is left when Slack has looked at it."""

import json
from collections.abc import Mapping
from typing import Any

from local.limits.blocks import check_blocks
from local.refusal import Refusal
from local.shapes import Json

MAX_TEXT = 40_000
MAX_UPDATE_TEXT = 4_000
MAX_ATTACHMENTS = 100


def check_message(arguments: Mapping[str, Any], *, rejected: list[str] | None = None) -> Json:
    """The content fields of a message, or a refusal with Slack's code."""
    blocks = as_json(arguments.get("blocks"), "invalid_blocks_format")
    attachments = as_json(arguments.get("attachments"), "invalid_attachments")
    text = str(arguments.get("text") or "")
    markdown = str(arguments.get("markdown_text") or "")
    if markdown:
        text, blocks = _from_markdown(markdown, text, blocks)
    if blocks is not None:
        check_blocks(blocks, surface="message", rejected=rejected)
    _check_attachments(attachments, rejected)
    if not text and not blocks and not attachments:
        raise Refusal("no_text")
    content: Json = {"text": text[:MAX_TEXT]}
    if blocks:
        content["blocks"] = blocks
    if attachments:
        content["attachments"] = attachments
    return content


def _check_attachments(attachments: Any, rejected: list[str] | None) -> None:
    if attachments is None:
        return
    if not isinstance(attachments, list) or not all(isinstance(a, dict) for a in attachments):
        raise Refusal("invalid_attachments")
    if len(attachments) > MAX_ATTACHMENTS:
        raise Refusal("too_many_attachments")
    for attachment in attachments:
        if attachment.get("blocks") is not None:
            check_blocks(attachment["blocks"], surface="message", rejected=rejected)


def _from_markdown(markdown: str, text: str, blocks: Any) -> tuple[str, list[Json]]:
    if text or blocks:
        raise Refusal("markdown_text_conflict")
    if len(markdown) > 12_000:
        raise Refusal("msg_too_long")
    return markdown, [{"type": "markdown", "text": markdown}]


def as_json(value: Any, error: str) -> Any:
    """A field that arrives as JSON in a form and as itself in a JSON body."""
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise Refusal(error) from None


def check_metadata(value: Any) -> Json | None:
    """The metadata of a message: an event_type and a flat payload."""
    metadata = as_json(value, "invalid_metadata_format")
    if metadata is None:
        return None
    if not isinstance(metadata, dict):
        raise Refusal("invalid_metadata_format")
    if metadata.get("entities") and not metadata.get("event_type"):
        return metadata
    if not isinstance(metadata.get("event_type"), str) or not metadata["event_type"]:
        raise Refusal("invalid_metadata_schema")
    if not isinstance(metadata.get("event_payload"), dict):
        raise Refusal("invalid_metadata_schema")
    if len(json.dumps(metadata)) > 8_000:
        raise Refusal("metadata_too_large")
    return metadata
