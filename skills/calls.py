"""/calls: the calls answered in a channel, as trends over time, or searched for a moment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from core.errors import UserError
from core.reply import Reply
from skills.options import REDACT
from skills.skill import Input, Skill, one_by_one

if TYPE_CHECKING:
    from skills.telephone.overview import Looked


class Calls(Skill["Looked"]):
    """Looks back at the calls of a channel."""

    name = "calls"
    title = "Calls"
    summary = "The calls answered in this channel: trends over time, or where something was said."
    hint = "[trends 30d] or [search words]"
    takes_text = 300
    looks_back = "call"
    model = "minilm"
    queue = "text"
    options = (REDACT,)  # chosen by a channel it holds for calls that were kept before, too
    examples = ("trends 30d", "search refund for a late parcel")

    def load(self, device: str) -> Any:
        from skills.models.minilm import load_minilm
        from skills.models.shared import shared

        return shared(load_minilm, device)

    def run(self, model: Any, batch: Sequence[Input]) -> list[Looked | UserError]:
        from skills.telephone.look_back import look_back

        return one_by_one(batch, lambda each: look_back(each, model))

    def render(self, result: Looked) -> Reply:
        from skills.telephone.overview import say

        return say(result)


skill = Calls()
