"""`Divisible`: a skill whose long inputs fall into parts that several workers can do side by side.

It only says how: `divide` names the parts, `work` does one, `join` puts the results together.
Alone, in the terminal say, these are simply composed; workers/foreman.py spreads them over a fleet.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

from core.errors import UserError
from core.reply import Reply
from skills.skill import Input, Result, Skill, one_by_one

Part = Mapping[str, Any]  # plain JSON values: they travel
Partial = Mapping[str, Any]


class Divisible(Skill[Result], ABC):
    """One appliance that takes long inputs, one at a time (`batch` stays 1)."""

    @abstractmethod
    def opened(self, asked: Input) -> AbstractContextManager[Input]:
        """The input with what the other methods need in `opened`, for as long as this lasts.

        It may go on opening meanwhile: the methods wait for what they need, and raise the UserError
        that refuses the input when that is found out late.
        """

    @abstractmethod
    def divide(self, model: Any, asked: Input, *, after: Part | None = None) -> Iterator[Part]:
        """The parts in order, each as soon as it is known, and at least one.

        Together they are the whole input and no two overlap. With `after`, those that follow this
        part, which another worker named. It runs beside the model: it may ask the model how much it
        takes at once, and no more.
        """

    @abstractmethod
    def work(self, model: Any, asked: Input, part: Part, *, lead: Partial | None) -> Partial:
        """One part's result, in plain JSON values.

        The first part is done before all others and its result, the lead, is given to each of them:
        what it found out (the language, say) holds for the whole. It is None for the first part.
        """

    @abstractmethod
    def join(self, model: Any, asked: Input, partials: Sequence[Partial]) -> Result:
        """The result of the whole, from those of all parts in order; `asked` need not be opened."""

    def preview(self, lead: Partial) -> Reply | None:
        """What is known from the first part alone, to be shown while the rest is worked on."""
        return None

    def run(self, model: Any, batch: Sequence[Input]) -> list[Result | UserError]:
        """One input after the other, each part by part; see `Skill.run`."""
        return one_by_one(batch, lambda each: self._alone(model, each))

    def _alone(self, model: Any, asked: Input) -> Result:
        partials: list[Partial] = []
        with self.opened(asked) as opened:
            for part in self.divide(model, opened):
                lead = partials[0] if partials else None
                partials.append(self.work(model, opened, part, lead=lead))
            return self.join(model, asked, partials)
