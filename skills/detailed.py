"""`Detailed`: a result that knows more than `--json` prints."""

from __future__ import annotations

from dataclasses import InitVar, dataclass
from typing import Generic, TypeVar

Details = TypeVar("Details")


@dataclass(frozen=True, kw_only=True)
class Detailed(Generic[Details]):
    """The `details` that its answer needs are read as `about`; no field, so that none prints it."""

    details: InitVar[Details]

    def __post_init__(self, details: Details) -> None:
        self.__dict__["about"] = details

    @property
    def about(self) -> Details:
        about: Details = self.__dict__["about"]
        return about
