"""Takes the picture of docs/documents.md: a lease, a question about it, and the answer's quotes."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench.picture import CHROMIUM, photograph
from local import samples
from local.fleet import Fleet
from local.stage import Stage

TARGET = Path(__file__).parents[1] / "docs" / "images" / "documents.png"
LEASE = [
    ["Lease of the house at 4 Harbour Lane", "",
     "This lease is made between Ada Byron, who owns the house, and Grace Hopper, who rents it.",
     "The house has four rooms, a kitchen, a bathroom and a cellar. It is handed over on 1 March",
     "with two sets of keys. The state of each room is written down in a list that both sign."],
    ["Rent and deposit", "",
     "The rent is 940 euros a month and is due on the first working day of each month.",
     "Heating and water are charged once a year by what the meters show.",
     "The deposit is three rents. It is returned four weeks after the keys are handed back."],
    ["Termination", "",
     "Either side may end the lease with three months of written notice.",
     "The notice must reach the other side by the third working day of a month.",
     "If the rent is not paid for two months, the owner may end the lease at once."],
    ["House rules", "",
     "Bicycles belong into the cellar. The stairs are cleaned on Saturdays, in turns.",
     "Pets are allowed only with the written consent of the owner."],
]  # fmt: skip


def main() -> None:
    """Write docs/images/documents.png."""
    if not CHROMIUM.exists():
        sys.exit("The picture needs Debian's chromium: apt-get install chromium")
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, Fleet(Path(folder) / "fleet") as fleet:
        stage = Stage(fleet.workspace, Path(folder))
        bot = fleet.workspace.bot
        path = Path(folder) / "lease.pdf"
        path.write_bytes(samples.pdf(LEASE))
        channel = fleet.workspace.channel("support")
        message = stage.grace.upload(
            channel, [path], text=f"<@{bot}> what does it say about termination?"
        )
        stage.answer(message, "three months of written notice", "page 3")
        stage.grace.upload(channel, [path], text=f"<@{bot}> summarize length:short")
        photograph(f"{fleet.url}/?channel={message['channel']}&thread={message['ts']}", TARGET)


if __name__ == "__main__":
    main()
