"""The faults that can be switched on: what Slack, or the network, does on a bad day."""

import asyncio
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from local.refusal import Refusal
from local.shapes import Json


@dataclass(kw_only=True)
class Faults:
    """Every switch at its resting value; all are settable through the control API."""

    rate_limit: bool = False  # 1 message a second a channel for chat.postMessage
    duplicate_delivery: bool = False  # each event is delivered twice at the same time
    reject_blocks: list[str] = field(default_factory=list)  # block types this workspace lacks
    check_file_info: bool = False  # events carry Slack Connect stubs instead of files
    mention_files: str = "both"  # both | without_files | message_only (what reports disagree on)
    latency: float = 0.0  # seconds added to every Web API call
    ack_timeout_scale: float = 1.0  # 3 s for acknowledgements and trigger ids, times this
    retry_scale: float = 1.0  # retries of events at 0, 60 and 300 s, times this
    response_url_seconds: float = 1800.0
    stream_seconds: float = 300.0
    fail_next: list[Json] = field(default_factory=list)

    @property
    def ack_timeout(self) -> float:
        """Seconds that an app has to acknowledge."""
        return 3.0 * self.ack_timeout_scale

    def change(self, wanted: Json) -> None:
        """Set switches by name; a word that is not a switch is refused rather than ignored."""
        known = {item.name: item.type for item in fields(self)}
        for name, value in wanted.items():
            if name not in known:
                raise Refusal("unknown_fault", known=sorted(known))
            current = getattr(self, name)
            if isinstance(current, float) and isinstance(value, int):
                value = float(value)
            if not isinstance(value, type(current)):
                raise Refusal("invalid_fault", name=name, wanted=type(current).__name__)
            setattr(self, name, value)

    def reset(self) -> None:
        """Back to a good day."""
        self.change(asdict(Faults()))

    def take_failure(self, method: str) -> Json | None:
        """The next planned failure of this method, counted down; `*` means any method."""
        for plan in self.fail_next:
            if plan.get("method", "*") in ("*", method):
                plan["times"] = int(plan.get("times", 1)) - 1
                if plan["times"] <= 0:
                    self.fail_next.remove(plan)
                return plan
        return None

    async def wait(self) -> None:
        """The latency of a slow network."""
        if self.latency > 0:
            await asyncio.sleep(self.latency)

    def as_json(self) -> dict[str, Any]:
        """All switches and their values."""
        return asdict(self)
