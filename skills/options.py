"""Options that several skills have."""

from __future__ import annotations

from skills.skill import Option

REDACT = Option(
    name="redact",
    description=(
        "Takes card numbers, phones, e-mails, addresses, birth dates and ids out of words and "
        "sound; “names” takes names out, too."
    ),
    choices=("no", "yes", "names"),
    default="no",
)
