"""Takes the picture of docs/documents.md: a lease, a question about it, and the answer's quotes."""

from __future__ import annotations

from bench.picture import photograph, studio
from local import samples

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
    with studio() as stage:
        bot = stage.workspace.bot
        path = stage.folder / "lease.pdf"
        path.write_bytes(samples.pdf(LEASE))
        channel = stage.workspace.channel("support")
        message = stage.grace.upload(
            channel, [path], text=f"<@{bot}> what does it say about termination?"
        )
        stage.answer(message, "three months of written notice", "page 3")
        stage.grace.upload(channel, [path], text=f"<@{bot}> summarize length:short")
        photograph(stage, message, "documents.png")


if __name__ == "__main__":
    main()
