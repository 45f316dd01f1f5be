"""Trigger ids: proof that a person acted within the last three seconds, good for one modal."""

import time

from local.faults import Faults
from local.ids import Ids
from local.refusal import Refusal

_KEPT = 2000


class Triggers:
    """The trigger ids handed out, with whom they belong to."""

    def __init__(self, ids: Ids, faults: Faults) -> None:
        self._ids = ids
        self._faults = faults
        self._given: dict[str, tuple[str, float]] = {}
        self._used: set[str] = set()

    def new(self, user_id: str) -> str:
        """A trigger for an act of this person."""
        if len(self._given) > _KEPT:
            self._forget()
        trigger = f"{int(time.time() * 1000)}.{len(self._given)}.{self._ids.secret(32).lower()}"
        self._given[trigger] = (user_id, time.monotonic())
        return trigger

    def _forget(self) -> None:
        """Drop the older half, all of it expired long ago, so that memory stays small."""
        for old in list(self._given)[: _KEPT // 2]:
            del self._given[old]
            self._used.discard(old)

    def use(self, trigger: str) -> str:
        """The person whose act this was; refused when unknown, late or used before."""
        if not trigger:
            raise Refusal("invalid_arguments", messages=["missing required field: trigger_id"])
        if trigger in self._used:
            raise Refusal("exchanged_trigger_id")
        if trigger not in self._given:
            raise Refusal("invalid_trigger_id")
        user_id, given_at = self._given[trigger]
        if time.monotonic() - given_at > self._faults.ack_timeout:
            raise Refusal("expired_trigger_id")
        self._used.add(trigger)
        return user_id
