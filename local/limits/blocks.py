"""Blocks: the limits of every block type, and of all blocks of a message or view together."""

from collections.abc import Iterator
from typing import Any

from local.limits import data_blocks
from local.limits.complaints import Complaints
from local.limits.elements import (
    ACCESSORIES,
    ACTIONS,
    CONTEXT_ACTIONS,
    INPUTS,
    Check,
    check_element,
    image,
)
from local.refusal import Refusal
from local.shapes import Json

MAX_BLOCKS = {"message": 50, "modal": 100, "home": 100}
MAX_MESSAGE_CHARACTERS = 13_200
_MRKDWN = ("plain_text", "mrkdwn")


def _section(complaints: Complaints, block: Json, at: str) -> None:
    if block.get("text") is None and not block.get("fields"):
        complaints.add("must provide text or fields", at)
    complaints.text(block, "text", at, 3000, required=False, kinds=_MRKDWN)
    for index, field in enumerate(complaints.items(block, "fields", at, most=10, required=False)):
        complaints.text_object(field, f"{at}/fields/{index}", 2000, kinds=_MRKDWN)
    if block.get("accessory") is not None:
        check_element(complaints, block["accessory"], f"{at}/accessory", ACCESSORIES)


def _header(complaints: Complaints, block: Json, at: str) -> None:
    complaints.text(block, "text", at, 150)


def _divider(complaints: Complaints, block: Json, at: str) -> None:
    """Nothing to check: a divider has no content."""


def _image(complaints: Complaints, block: Json, at: str) -> None:
    image(complaints, block, at)
    complaints.text(block, "title", at, 2000, required=False)


def _context(complaints: Complaints, block: Json, at: str) -> None:
    for index, element in enumerate(complaints.items(block, "elements", at, most=10)):
        where = f"{at}/elements/{index}"
        if isinstance(element, dict) and element.get("type") == "image":
            image(complaints, element, where)
        else:
            complaints.text_object(element, where, 3000, kinds=_MRKDWN)


def _actions(complaints: Complaints, block: Json, at: str) -> None:
    _elements(complaints, block, at, most=25, allowed=ACTIONS)


def _context_actions(complaints: Complaints, block: Json, at: str) -> None:
    _elements(complaints, block, at, most=5, allowed=CONTEXT_ACTIONS)


def _elements(
    complaints: Complaints, block: Json, at: str, *, most: int, allowed: dict[str, Check]
) -> None:
    seen: set[str] = set()
    for index, element in enumerate(complaints.items(block, "elements", at, most=most)):
        check_element(complaints, element, f"{at}/elements/{index}", allowed)
        action_id = element.get("action_id") if isinstance(element, dict) else None
        if not isinstance(action_id, str):
            continue
        if action_id in seen:
            complaints.add("duplicate action_id", f"{at}/elements/{index}/action_id")
        seen.add(action_id)


def _input(complaints: Complaints, block: Json, at: str) -> None:
    complaints.text(block, "label", at, 2000)
    complaints.text(block, "hint", at, 2000, required=False)
    if block.get("element") is None:
        complaints.add("missing required field: element", at)
    else:
        check_element(complaints, block["element"], f"{at}/element", INPUTS)


def _rich_text(complaints: Complaints, block: Json, at: str) -> None:
    known = ("rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted")
    for index, element in enumerate(complaints.items(block, "elements", at, most=1000, least=0)):
        if not isinstance(element, dict) or element.get("type") not in known:
            complaints.add("unsupported rich text element", f"{at}/elements/{index}")
        else:
            complaints.items(element, "elements", f"{at}/elements/{index}", most=5000, least=0)


def _markdown(complaints: Complaints, block: Json, at: str) -> None:
    complaints.string(block, "text", at, 12_000, required=True, minimum=1)


def _video(complaints: Complaints, block: Json, at: str) -> None:
    complaints.string(block, "alt_text", at, 2000, required=True)
    complaints.text(block, "title", at, 200)
    complaints.web_url(block, "video_url", at, required=True)
    complaints.web_url(block, "thumbnail_url", at, required=True)


def _alert(complaints: Complaints, block: Json, at: str) -> None:
    complaints.text(block, "text", at, 3000, kinds=_MRKDWN)


def _container(complaints: Complaints, block: Json, at: str) -> None:
    for index, child in enumerate(complaints.items(block, "child_blocks", at, most=10)):
        check_block(complaints, child, f"{at}/child_blocks/{index}", surface="message")


def _open_ended(complaints: Complaints, block: Json, at: str) -> None:
    """Types whose limits are not established here: taken as they come."""


_EVERYWHERE = {"message", "modal", "home"}
TYPES: dict[str, tuple[Check, set[str]]] = {
    "section": (_section, _EVERYWHERE),
    "header": (_header, _EVERYWHERE),
    "divider": (_divider, _EVERYWHERE),
    "image": (_image, _EVERYWHERE),
    "context": (_context, _EVERYWHERE),
    "actions": (_actions, _EVERYWHERE),
    "input": (_input, _EVERYWHERE),
    "rich_text": (_rich_text, _EVERYWHERE),
    "video": (_video, _EVERYWHERE),
    "markdown": (_markdown, {"message"}),
    "context_actions": (_context_actions, {"message"}),
    "alert": (_alert, {"modal"}),
    "table": (data_blocks.table, {"message", "home"}),
    "data_table": (data_blocks.data_table, {"message", "home"}),
    "data_visualization": (data_blocks.data_visualization, {"message", "home"}),
    "container": (_container, {"message", "home"}),
    "card": (_open_ended, _EVERYWHERE),
    "carousel": (_open_ended, {"message", "home"}),
    "plan": (_open_ended, {"message"}),
    "task_card": (_open_ended, {"message"}),
    "file": (_open_ended, {"message"}),
}


def check_block(
    complaints: Complaints,
    block: Any,
    at: str,
    *,
    surface: str,
    rejected: list[str] | None = None,
) -> None:
    """One block on one surface."""
    if not isinstance(block, dict):
        complaints.add("must be an object", at)
        return
    type = str(block.get("type"))
    check, surfaces = TYPES.get(type, (_open_ended, set()))
    if surface not in surfaces or type in (rejected or []):
        complaints.add(f"unsupported type: {type}", f"{at}/type")
        return
    complaints.string(block, "block_id", at, 255)
    check(complaints, block, at)


def check_blocks(blocks: Any, *, surface: str, rejected: list[str] | None = None) -> None:
    """All blocks of a message or view; refused with every complaint at once."""
    if not isinstance(blocks, list):
        raise Refusal("invalid_blocks_format")
    complaints = Complaints()
    if len(blocks) > MAX_BLOCKS[surface]:
        complaints.add(f"no more than {MAX_BLOCKS[surface]} items allowed", "/blocks")
    for index, block in enumerate(blocks):
        check_block(complaints, block, f"/blocks/{index}", surface=surface, rejected=rejected)
    _check_together(complaints, [block for block in blocks if isinstance(block, dict)])
    if complaints.messages:
        raise Refusal("invalid_blocks", messages=complaints.messages)
    if surface == "message" and sum(_lengths(blocks)) > MAX_MESSAGE_CHARACTERS:
        raise Refusal("msg_blocks_too_long")


def _check_together(complaints: Complaints, blocks: list[Json]) -> None:
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        block_id = block.get("block_id")
        if isinstance(block_id, str) and block_id:
            if block_id in seen:
                complaints.add("duplicate block_id", f"/blocks/{index}/block_id")
            seen.add(block_id)
    for type, most in (("table", 1), ("data_visualization", 2)):
        if sum(block.get("type") == type for block in blocks) > most:
            complaints.add(f"only {most} {type} allowed", "/blocks")


def _lengths(value: Any) -> Iterator[int]:
    """The lengths of all visible texts, wherever they are nested."""
    if isinstance(value, list):
        for item in value:
            yield from _lengths(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name == "text" and isinstance(item, str):
                yield len(item)
            elif name != "text" or not isinstance(item, str):
                yield from _lengths(item)
