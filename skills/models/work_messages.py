"""Short messages as people at work write them, made from patterns: training alone uses them.

Reviews and editorials hold no "Deployed 2.3 to staging" (neutral) and no "Still waiting for my
refund" (negative without a bad word); these few hundred teach the difference.
"""

from __future__ import annotations

import itertools
import random
import re

SLOTS = {
    "time": ["3 pm", "10:30", "noon", "half past four", "9 am tomorrow", "17:00 CET"],
    "day": ["Monday", "Tuesday", "Friday", "next week", "the 14th", "tomorrow"],
    "event": ["meeting", "stand-up", "call", "workshop", "demo", "training", "all-hands", "review"],
    "thing": ["invoice", "report", "contract", "slide deck", "roadmap", "ticket", "spreadsheet"],
    "goods": ["refund", "order", "parcel", "replacement", "password reset", "delivery", "money"],
    "app": ["app", "dashboard", "website", "login page", "export", "search", "printer", "VPN"],
    "number": ["2", "4", "12", "37", "160"],
    "wait": ["two weeks", "three days", "a month", "over an hour", "since Tuesday", "ages"],
    "name": ["Priya", "Sam", "Anna", "Marek", "Lee", "Fatima", "the new colleague"],
    "place": ["staging", "production", "room 4", "the Berlin office", "the shared folder"],
}
NEUTRAL = """
The {event} is at {time}.|{event} moved to {day}|The {thing} has {number} pages.
Where is the {thing}?|Can you send me the {thing}?|Who owns the {app}?
Deployed {number}.3 to {place}|{name} is out of office on {day}.
Please review the {thing} by {day}|What time is the {event}?
How do I change my address in the {app}?|The {thing} is in {place}.|{name} joined the channel
We have {number} open tickets.|The {app} will be updated on {day} at {time}.|ETA for the {thing}?
I'll be in {place} from {time}.|Adding {name} to this thread.|Is the {app} on {place} yet?
The {event} will be in {place}.|ok|noted|see you on {day}|Merged into {place}.|I have a question
Which form do I need for a {goods}?|There are {number} people in the {event}.|I sent the {thing}.
"""
NEGATIVE = """
I've been waiting for {wait} for my {goods}.|Still no {goods} after {wait}
The {app} keeps crashing|The {app} is down again|Nobody answers my emails about the {goods}.
My {goods} never arrived.|I was charged twice for my {goods}|The {app} doesn't work.
I can't log in to the {app}|This is the {number}th time I ask for my {goods}.
the {app} is so slow today|I want my {goods} back|I don't like the new {app}
{name} was rude to me on the phone|The {thing} is full of mistakes.
I had to wait {wait} just to reach somebody.|Why was my {goods} cancelled without telling me?
the update broke the {app}|not happy with the {thing}|We missed the deadline for the {thing}
I don't love the new {app}.|wtf is wrong with the {app}|My {goods} came damaged.
"""
POSITIVE = """
ship it!|LGTM|great job {name}|thanks {name}, that fixed it|The {app} works like a charm now
Kudos to {name} for the {thing}!|My {goods} arrived early, thank you!|loving the new {app}
{name} was so helpful|well done everyone, {thing} delivered|The {event} went really well.
Thanks a lot for the quick help with my {goods}|the new {app} is not bad at all
so much faster now!|lol this {app} is gr8|congrats {name}!|I can't recommend the {app} enough.
nice work on the {thing}|{name} solved it in no time.
No problems at all with the {app}, very happy.|yay, {goods} is here
"""
SHARES = {
    "negative": (0.86, 0.12, 0.02), "neutral": (0.06, 0.86, 0.08), "positive": (0.02, 0.10, 0.88),
}  # fmt: skip
A_PATTERN = 6
SLOT = re.compile(r"\{(\w+)\}")


def write_messages(*, seed: int) -> list[tuple[str, tuple[float, float, float]]]:
    """Messages with the shares that raters would give them."""
    chance = random.Random(seed)
    written = []
    for label, patterns in (("neutral", NEUTRAL), ("negative", NEGATIVE), ("positive", POSITIVE)):
        for pattern in itertools.chain(*(line.split("|") for line in patterns.split("\n") if line)):
            texts = {
                SLOT.sub(lambda slot: chance.choice(SLOTS[slot[1]]), pattern)
                for _ in range(A_PATTERN)
            }
            written += [(text, SHARES[label]) for text in sorted(texts)]
    return written
