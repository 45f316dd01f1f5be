"""What the bot says by itself, in one place, so that it can speak another language one day.

Skills word their own answers; these are the sentences around them. Plain text: no Slack markup
except where a name says `mrkdwn`.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from core.markup import cut
from core.quota import AUDIO, HOUR, Quota

CANCEL = "Cancel"
SAVE = "Save"
NOT_KEPT = "I don't keep that answer any more, so I can't change it."
GONE_ANSWER = "That answer was deleted, so there is nothing to change."
TWICE = "Two of them have the same name: give each its own."
CANCELLED = "Cancelled. Nothing was kept."
QUEUED = "Waiting for a free worker…"
STARTING = "Working on it…"
ONLY_THEIRS = "Only the person who asked can cancel this."
OVER = "That job is already finished."
BUSY = "I cannot take this right now. Please try again in a minute."
EXTERNAL = (
    "This channel is shared with another company, so I don't answer here. "
    "Please use a channel of your own workspace."
)
NO_INPUT_THREAD = (
    "I found no text to work on here. Write it after the command, or mention me in a thread."
)
GONE_FILE = "That file was deleted before I could read it. Please upload it again."
EXTERNAL_FILE = (
    "That file is stored outside Slack, so I can't open it. "
    "Download it and upload the file itself here."
)
NO_FILE_ACCESS = (
    "I'm not allowed to read files here. Please ask your Slack administrator to give me "
    "the files:read permission and to reinstall the app."
)
NO_HISTORY = (
    "I can't read that conversation. Invite me to the channel, or ask your Slack administrator "
    "to give me permission to read its history."
)
PRIVATELY = "Working on it. The answer appears here, for you alone."
GUEST = "I answer members of this workspace only, not guests. Please ask a colleague who is one."
NO_PEOPLE_ACCESS = (
    "I can't see who you are. Ask your Slack administrator to give me the users:read permission "
    "and to reinstall the app."
)
NO_CHANNEL_ACCESS = (
    "I can't see which channel this is. Ask your Slack administrator to give me the "
    "channels:read and groups:read permissions and to reinstall the app."
)
NOT_PRIVATE = (
    "I can't answer a mention or an upload privately. Use a slash command with --private, or write "
    "to me in a direct message."
)
PRIVATE_INSIDE = (
    "I see “private” with a dash, but not where I understand it: write --private first or last, as "
    "one word. Nothing was sent."
)
NOT_YOU = (
    "Your administrator lets only some people ask me in this channel, and you are not one of them."
)
NOT_ATTACHED = "I could not attach the result files. Please ask again if you need them."
NOT_POSTED = "Slack does not let me post in this channel. Please ask your Slack administrator."
NO_FILE_IN_MESSAGE = "That message has no file that I can open."
NOT_BOTH_IN = (
    "I read only channels that both of us are in: join that one, and /invite @Readymade there."
)
UNKNOWN_CHANNEL = (
    "I can't tell which channel that is: choose it from the list that Slack shows while you type. "
    "If that does not help, ask your Slack administrator to update my app from its manifest."
)
OTHER_CHANNEL_HERE = (
    "That is another channel, and everybody here would read the answer: ask with the slash command "
    "or in a direct message to me, and it is for you alone."
)
OTHER_CHANNEL = "That link leads to another channel: please run the command there."
FOREIGN_LINK = (
    "I can't open that link. Give me the link of a message in this channel (in its ⋮ menu), "
    "or the text itself."
)
ALERT = "A call needs a look in"
OPEN_THREAD = "Open the thread"
SETTINGS_OF_CHANNELS = "Settings belong to a channel: type /readymade settings in one that I'm in."
SETTINGS_NEED_ME = (
    "I'm not in this channel. Type /invite @Readymade here first, then /readymade settings."
)
NOT_YOUR_SETTINGS = (
    "Your administrator lets only some people change the settings of this channel, and you are not "
    "one of them."
)
INVITE_THERE = "I'm not in that channel: type /invite @Readymade there first."
UNDER_LINK = "I answer under that message."
UNKNOWN_LINK = "I can't find the message behind that link. Is it still there?"
ALERT_NOT_TOLD = (
    "Rules were not kept, and I could not tell the channel chosen for that: invite me there, or "
    "choose another one with /readymade settings."
)
DIGEST_NOTE = "A digest that this channel chose: /readymade settings changes it."


def listed(names: Sequence[str], last: str = "and") -> str:
    """ "a, b and c" """
    return f" {last} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def bad_period(days: int) -> str:
    """Said for a time that is nothing, or too long."""
    return f"Write how far back: 24h, 7d or 2w, at most {days}d; or yesterday, since Monday."


def nothing_said(*, apps: int) -> str:
    """Said of a time in which no person wrote anything in a channel."""
    also = ", only apps did" if apps else ""
    return f"Nobody wrote anything there in that time{also}: ask for a longer one, such as 7d."


def title_line(title: str, subject: str) -> str:
    """The line above an answer: "Summary of report.pdf"."""
    return f"{title} of {subject}" if subject else title


def not_a_member(command: str) -> str:
    """Said privately when the bot is not in the channel."""
    return (
        "I'm not in this channel, so only you can see this answer. To get answers in a thread, "
        f"type /invite @Readymade here and send {command} again."
    )


def apology(job_id: str) -> str:
    """Said when something broke that is not the person's doing."""
    return (
        "Sorry, something went wrong on my side and I could not finish this. "
        f"Please try again, or give your administrator this number: {job_id[:8]}."
    )


def no_answer_in(channel: str) -> str:
    """Said, in mrkdwn, to who asked in a channel that was closed to us meanwhile."""
    return (
        f"I worked on what you asked in <#{channel}>, but Slack does not let me post there any "
        "more. Invite me there again, or ask in another channel."
    )


def unsupported(name: str, taken: str) -> str:
    """Said for a file that no skill takes."""
    return f"I can't read {name or 'that file'}. I take {taken}."


def wrong_kind(name: str, title: str, taken: str) -> str:
    """Said when the skill named does not take that kind of file."""
    if not taken:
        return f"{title} takes text, not files like {name}."
    return f"{title} takes {taken}, and {name} is something else."


def option_alone(options: str, skills: list[str]) -> str:
    """Said for options to a thread or to nothing, where no word says what is to be done."""
    which = f"Say what to do: {listed(skills, 'or')}"
    return f"{which}. For example: @Readymade {skills[0]} {cut(options, 100)}"


def too_big(name: str, limit_mib: int) -> str:
    """Said for a file above the size limit of its kind."""
    return f"{name} is too big: I take up to {limit_mib} MB. Please cut or compress it."


def files_left_out(count: int) -> str:
    """Said of the other files of a message, which no link can name."""
    files = f"{count} more file{'s' * (count != 1)}"
    return f"That message has {files} that I left out: upload each again to have its answer."


def time_left(seconds: float) -> str:
    """ "about 40 s left" """
    if seconds < 90:
        return f"about {max(5, round(seconds / 5) * 5)} s left"
    return f"about {round(seconds / 60)} min left"


def private_note(command: str, *, files: bool, chosen: bool, elsewhere: bool = False) -> str:
    """The small print of a private answer; `elsewhere` when it is about another channel.

    `chosen` when --private was typed: else the bot is not where it was asked.
    """
    if elsewhere:
        return "Only you can see this: it is about another channel."
    text = f"Only you can see this. To share it, send {command}{' without --private' * chosen}"
    text += " in a channel that I'm in (/invite @Readymade)"
    return text + (": that brings the files, too." if files else ".")


def too_long(length: int, title: str, limit: int, *, mention: str, taken: str) -> str:
    """Said for a text above the limit of a skill; `taken` are the kinds of file that it takes.

    `mention` is what to write with a text in a file, "" where the skill takes none.
    """
    text = f"That is {length:,} characters and {title} takes up to {limit:,}: please shorten it"
    if mention:
        return f"{text}, or upload it as a file with {mention}."
    return f"{text}. Of files, {title} takes {taken}." if taken else f"{text}."


def forgotten(count: int, kept: int = 0) -> str:
    """Said after /readymade forget; `kept` of the person's answers were kept."""
    if not count and not kept:
        return "No request of yours is stored here."
    requests = "the record of 1 request" if count == 1 else f"the records of {count} requests"
    answers = f"{kept} answer{'s' * (kept != 1)} that I kept"
    what = " and ".join([requests] * bool(count) + [answers] * bool(kept))
    return (
        f"I have erased {what}. Answers in Slack stay there: delete them like any message. "
        "Your company's audit file keeps who asked when, without contents."
    )


def used_up(quota: Quota, left: int) -> str:
    """Said when a quota is used up; `left` is the seconds until it begins anew."""
    personal = "." in quota.whose
    who = "You have" if personal else "Your workspace has"
    what = f"made {quota.limit:,} request{'s' * (quota.limit != 1)} in the last hour"
    if quota.unit == AUDIO:
        what = f"had {quota.limit // 60:,} minutes of recordings written down in a day"
    short = left <= 90 * 60
    wait = f"{max(1, ceil(left / 60))} min" if short else f"{ceil(left / HOUR)} hours"
    return f"{who} {what}, which is the limit here. Please try again in {wait}."


def switched_off(command: str, others: list[str]) -> str:
    """Said where the administrator allows other skills only."""
    instead = f" Here I do {', '.join(others)}." if others else ""
    return f"{command} is switched off in this channel.{instead}"


def unknown_option(name: str, near: str, value: str) -> str:
    """Said for a word that looks like a slip of an option."""
    return f"I don't know {name}:{value}. Did you mean {near}:{value}?"


def unknown_flag(flag: str) -> str:
    """Said, to the person alone, for a word that looks like a flag."""
    return f"I don't know {flag}. Did you mean --private? Nothing was sent."
