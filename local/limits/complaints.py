"""Complaints: collects what is wrong with a JSON value, in the words and pointers Slack uses."""

from typing import Any

from local.shapes import Json


class Complaints:
    """Checks that note instead of raise, so that one answer names every fault."""

    def __init__(self) -> None:
        self.messages: list[str] = []

    def add(self, text: str, at: str) -> None:
        """Note one fault at a JSON pointer."""
        self.messages.append(f"{text} [json-pointer:{at}]")

    def string(
        self,
        holder: Json,
        field: str,
        at: str,
        limit: int,
        *,
        required: bool = False,
        minimum: int = 0,
    ) -> None:
        """A plain string field."""
        value = holder.get(field)
        if value is None:
            if required:
                self.add(f"missing required field: {field}", at)
            return
        if not isinstance(value, str):
            self.add("must be a string", f"{at}/{field}")
        elif len(value) > limit:
            self.add(f"must be less than {limit + 1} characters", f"{at}/{field}")
        elif len(value) < minimum:
            self.add(f"must be more than {minimum - 1} characters", f"{at}/{field}")

    def text(
        self,
        holder: Json,
        field: str,
        at: str,
        limit: int,
        *,
        required: bool = True,
        kinds: tuple[str, ...] = ("plain_text",),
    ) -> None:
        """A text object field of one of these kinds, never empty."""
        value = holder.get(field)
        if value is None:
            if required:
                self.add(f"missing required field: {field}", at)
            return
        self.text_object(value, f"{at}/{field}", limit, kinds=kinds)

    def text_object(self, value: Any, at: str, limit: int, *, kinds: tuple[str, ...]) -> None:
        """A text object."""
        if not isinstance(value, dict):
            self.add("must be a valid text object", at)
            return
        if value.get("type") not in kinds:
            self.add(f"must be one of: {', '.join(kinds)}", f"{at}/type")
        self.string(value, "text", at, limit, required=True, minimum=1)

    def items(
        self,
        holder: Json,
        field: str,
        at: str,
        *,
        most: int,
        least: int = 1,
        required: bool = True,
    ) -> list[Any]:
        """An array field within its bounds; what is not an array reads as empty."""
        value = holder.get(field)
        if value is None:
            if required:
                self.add(f"missing required field: {field}", at)
            return []
        if not isinstance(value, list):
            self.add("must be an array", f"{at}/{field}")
            return []
        if len(value) > most:
            self.add(f"no more than {most} items allowed", f"{at}/{field}")
        if len(value) < least:
            self.add(f"no fewer than {least} items allowed", f"{at}/{field}")
        return value

    def one_of(self, holder: Json, field: str, at: str, allowed: tuple[str, ...]) -> None:
        """An optional field with a closed set of values."""
        value = holder.get(field)
        if value is not None and value not in allowed:
            self.add(f"must be one of: {', '.join(allowed)}", f"{at}/{field}")

    def web_url(self, holder: Json, field: str, at: str, *, required: bool = False) -> None:
        """A URL field; Slack takes http and https only."""
        self.string(holder, field, at, 3000, required=required)
        value = holder.get(field)
        if isinstance(value, str) and not value.startswith(("http://", "https://")):
            self.add("must be a valid url", f"{at}/{field}")
