"""Options that several skills have, and choices that who declares and who does have in common."""

from __future__ import annotations

from skills.skill import Option

LENGTHS = ("short", "medium", "long")  # of a summary
ORDER, SIDES = ("first", "second"), ("left", "right")  # of the agent in a call
REDACT = Option(
    name="redact",
    description=(
        "Takes card numbers, phones, e-mails, addresses, birth dates and ids out of words and "
        "sound; “names” takes names out, too."
    ),
    choices=("no", "yes", "names"),
    default="no",
)
