"""A call as it is kept: its result as plain values, and beside it the names people gave since.

The result stays as it was found, with its own names ("Agent", "Speaker 2"): new ones are put in
when it is read. So the roles are known whatever anybody is called, and names can be given again and
again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, asdict, fields
from typing import Any, get_type_hints

AGENT, CUSTOMER = "Agent", "Customer"
NAMED = ("speaker", "speakers", "who", "owner", "turns")  # the keys under which names stand

Values = Mapping[str, Any]


def pack(call: Any, details: Any) -> dict[str, Any]:
    """The values of a call, whose dataclass and details these are; of a sound nothing is kept."""
    found = {"call": asdict(call), "details": asdict(details)}
    return {**_silent(found), "names": {}, "renamed": 0}


def give_names(values: Values, names: Mapping[str, str]) -> dict[str, Any]:
    """The values with new names, each for the one that was found."""
    return {**values, "names": {**names}, "renamed": values["renamed"] + 1}


def read(values: Values) -> tuple[dict[str, Any], dict[str, Any]]:
    """The call and its details with the names that hold now.

    Where these say that another works there than was found, it is told so.
    """
    names = values["names"]
    details = _named(values["details"], names)
    details["cues"] = [_cue(each, names) for each in details["cues"]]
    call = _named(values["call"], names)
    if names and (told := details.get("if_agent")):
        agent = who_is(AGENT, call["speakers"], details["roles"])
        call.update(told[call["speakers"].index(agent) + 1 if agent else 0])
    return call, details


def restore(kind: type, values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a dataclass from plain values; raises ValueError when one is missing or odd."""
    from pydantic import TypeAdapter

    hints = get_type_hints(kind)
    restored: dict[str, Any] = {}
    for field in fields(kind):
        if field.name in values:
            adapter: TypeAdapter[Any] = TypeAdapter(hints[field.name])
            restored[field.name] = adapter.validate_python(values[field.name])
        elif field.default is MISSING and field.default_factory is MISSING:
            raise ValueError(f"{field.name} is missing")
    return restored


def who_is(role: str, speakers: Sequence[str], roles: Sequence[str]) -> str:
    """The name of the agent or the customer, "" when nobody knows which of them that is.

    A name that people gave goes before what was found: who calls somebody "Agent" means it.
    """
    named = next((each for each in speakers if each.casefold() == role.casefold()), "")
    if named:
        return named
    other = {AGENT: CUSTOMER, CUSTOMER: AGENT}[role]
    if len(speakers) == 2 and (
        not_it := next((each for each in speakers if each.casefold() == other.casefold()), "")
    ):
        return next(each for each in speakers if each != not_it)
    return next((name for name, found in zip(speakers, roles, strict=True) if found == role), "")


def _silent(value: Any) -> Any:
    """Plain values with nothing in the place of bytes."""
    if isinstance(value, Mapping):
        return {key: _silent(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_silent(each) for each in value]
    return "" if isinstance(value, bytes) else value


def _named(value: Any, names: Mapping[str, str], key: str = "") -> Any:
    """Plain values with new names wherever one stands: below its keys, and as a key itself."""
    if isinstance(value, Mapping):
        return {names.get(k, k): _named(each, names, k) for k, each in value.items()}
    if isinstance(value, list | tuple):
        return [_named(each, names, key) for each in value]
    return names.get(value, value) if key in NAMED and isinstance(value, str) else value


def _cue(cue: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """A subtitle that opens a turn begins with a name."""
    first, *rest = cue["lines"] or [""]
    name, colon, said = first.partition(": ")
    return {**cue, "lines": [f"{names.get(name, name)}{colon}{said}", *rest]}
