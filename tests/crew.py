"""A crew: a bot and several real workers that count part by part, with their own local Slack.

The skill is `tests/faults/skills/count.py`; it notes who worked on which part.
"""

from __future__ import annotations

from pathlib import Path

from redis import Redis

from local.fleet import Fleet
from local.shapes import Json
from local.stage import finished
from local.transcript import visible_text
from tests.waiting import until

SKILLS = Path(__file__).with_name("faults") / "skills"
TITLE = "*Count*"


class Crew(Fleet):
    """A fleet without models, whose workers can be told apart."""

    def __init__(self, folder: Path, *, workers: int) -> None:
        self.notes = folder.resolve() / "notes"
        self.notes.mkdir(parents=True)
        self.names = ["worker", *(f"worker{number}" for number in range(2, workers + 1))]
        super().__init__(
            folder,
            environment={
                "SKILLS_DIR": str(SKILLS),
                "COUNT_FOLDER": str(self.notes),
                "DEVICE": "cpu",
                "OMP_NUM_THREADS": "1",
            },
            workers=workers,
            queues="train,control",
        )

    def __enter__(self) -> Crew:
        super().__enter__()
        try:
            until(lambda: all(" ready" in self.log(name) for name in self.names), seconds=60)
        except BaseException:
            self.stop()
            raise
        return self

    def redis(self) -> Redis:
        """The crew's own Redis."""
        return Redis(unix_socket_path=str(self.folder / "redis" / "redis.sock"))

    def ask(self, text: str) -> Json:
        """ada asks to count: "name 8 parts of 0.2"."""
        return self.workspace.person("ada").say("support", f"<@{self.workspace.bot}> count {text}")

    def answer(self, message: Json, *, seconds: float = 60.0) -> str:
        """The final message in a thread; there is no second one."""
        until(lambda: self.said(message), seconds=seconds)
        (text,) = self.said(message)
        return text

    def said(self, message: Json) -> list[str]:
        """The final messages in a thread."""
        replies = self.workspace.thread(message["channel"], message["ts"])[1:]
        final = [each for each in replies if each.get("blocks") and finished(each)]
        return [visible_text(each).removeprefix(TITLE).strip() for each in final]

    def shown(self, message: Json) -> Json:
        """The placeholder in a thread."""
        return {**self.workspace.wait_for_reply(message), "channel": message["channel"]}

    def counts(self, name: str) -> dict[int, list[str]]:
        """Who worked on each part, by process id, in order."""
        notes = {int(path.suffix[1:]): path for path in self.notes.glob(f"{name}.*")}
        return {number: notes[number].read_text().split() for number in sorted(notes)}

    def at_work(self, name: str) -> set[str]:
        """The process ids of all who worked on a job so far."""
        return {pid for pids in self.counts(name).values() for pid in pids}

    def name_of(self, pid: str) -> str:
        """The worker with this process id."""
        return next(each for each in self.names if str(self.pid(each)) == pid)


def numbers(count: int) -> str:
    """The answer to a count."""
    return " ".join(map(str, range(count)))
