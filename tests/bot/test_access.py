"""Access: whatever link a person gives, the answer and its source stay in one channel."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot import parse
from bot.source import Source, source_of
from core.errors import UserError
from skills.catalog import catalog

CHANNELS = st.sampled_from(["C0AAAAAAA", "C0BBBBBBB", "D0CCCCCCC", "G0DDDDDDD"])
DIGITS = st.integers(10**15, 2 * 10**15 - 1).map(str)
SKILLS = st.sampled_from(sorted(catalog()))


@settings(max_examples=1000, deadline=None)
@given(here=CHANNELS, there=CHANNELS, message=DIGITS, thread=st.none() | DIGITS, name=SKILLS)
def test_a_link_is_read_only_where_it_leads(
    here: str, there: str, message: str, thread: str | None, name: str
) -> None:
    link = f"<https://acme.slack.com/archives/{there}/p{message}"
    if thread is not None:
        link += f"?thread_ts={thread[:10]}.{thread[10:]}&amp;cid={there}"
    skill = catalog()[name]
    asked = parse.ask(skill, f"{link}>")
    try:
        source = source_of(skill, asked, here, clock=datetime.now)
    except UserError:
        assert here != there
        return

    assert here == there
    assert source.channel == here
    assert source != Source()
