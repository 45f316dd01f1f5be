"""Views: what a modal or a Home tab may hold."""

from typing import Any

from local.limits.blocks import check_blocks
from local.limits.complaints import Complaints
from local.limits.messages import as_json
from local.refusal import Refusal
from local.shapes import Json

_ALLOWED = {
    "type",
    "title",
    "submit",
    "close",
    "blocks",
    "private_metadata",
    "callback_id",
    "clear_on_close",
    "notify_on_close",
    "external_id",
    "submit_disabled",
}


def check_view(value: Any, *, type: str = "modal") -> Json:
    """The view, or a refusal with every complaint."""
    view = as_json(value, "invalid_arguments")
    if not isinstance(view, dict):
        raise Refusal("invalid_arguments", messages=["missing required field: view"])
    complaints = Complaints()
    if view.get("type") != type:
        complaints.add(f"must be {type}", "/view/type")
    if type == "modal":
        _check_frame(complaints, view)
    complaints.string(view, "private_metadata", "/view", 3000)
    complaints.string(view, "callback_id", "/view", 255)
    complaints.string(view, "external_id", "/view", 255)
    if complaints.messages:
        raise Refusal("invalid_arguments", messages=complaints.messages)
    _check_content(view, type)
    return {name: item for name, item in view.items() if name in _ALLOWED}


def _check_frame(complaints: Complaints, view: Json) -> None:
    complaints.text(view, "title", "/view", 24)
    complaints.text(view, "submit", "/view", 24, required=False)
    complaints.text(view, "close", "/view", 24, required=False)
    blocks = view.get("blocks")
    has_input = isinstance(blocks, list) and any(
        isinstance(block, dict) and block.get("type") == "input" for block in blocks
    )
    if has_input and not view.get("submit"):
        complaints.add("`submit` is required when an `input` block is within blocks array", "/view")


def _check_content(view: Json, type: str) -> None:
    if "blocks" not in view:
        raise Refusal("invalid_arguments", messages=["missing required field: blocks"])
    try:
        check_blocks(view["blocks"], surface=type)
    except Refusal as refusal:
        messages = [text.replace(":/blocks", ":/view/blocks") for text in refusal.messages]
        raise Refusal("invalid_arguments", messages=messages) from None
