"""The scenes of the demo: what people do in the workspace, and what they must see then."""

from collections.abc import Callable

from local import samples
from local.person import LocalSlackError
from local.shapes import Json
from local.stage import PATIENCE, Failed, Stage


def slash(stage: Stage, channel: str, command: str, text: str, *expected: str) -> str:
    """Run a slash command in a channel; its thread."""
    before = stage.latest(channel)
    acknowledged = stage.ada.slash(command, text, channel=channel)
    if not acknowledged.get("ok"):
        raise Failed(f"{command} was not acknowledged")
    parent = stage.parent(channel, command, before)
    stage.answer(parent, *expected)
    return stage.shown(parent)


def sentiment_by_command(stage: Stage) -> str:
    return slash(stage, "general", "/sentiment", "I love this release", "positive")


def summary_by_command(stage: Stage) -> str:
    return slash(stage, "general", "/summarize", samples.report_text(), "•", "paragraph")


def call_upload(stage: Stage) -> str:
    message = stage.grace.upload("support", [samples.recording(stage.folder)])
    stage.answer(message, "New Jersey", "Chicago")
    stage.attached(message, ".srt")
    return stage.shown(message)


def call_by_mention(stage: Stage) -> str:
    bot = stage.workspace.bot
    files = [samples.recording(stage.folder)]
    message = stage.grace.upload("support", files, text=f"<@{bot}> call")
    stage.answer(message, "New Jersey", "Talk time", "Words a minute")
    stage.attached(message, ".docx")
    return stage.shown(message)


def calls_searched(stage: Stage) -> str:
    return slash(stage, "support", "/calls", "search New Jersey", "New Jersey", "00:")


def personal_data(stage: Stage) -> str:
    text = "Bill 4111 1111 1111 1111 and write to ada@example.com"
    return slash(stage, "general", "/redact", text, "[card number]", "[e-mail]")


def photo_upload(stage: Stage) -> str:
    message = stage.linus.upload("marketing", [samples.photo(stage.folder)])
    stage.answer(message, "palace", "%")
    return stage.shown(message)


def document_upload(stage: Stage) -> str:
    message = stage.grace.upload("general", [samples.report(stage.folder)])
    stage.answer(message, "•", "page")
    return stage.shown(message)


def table_upload(stage: Stage) -> str:
    message = stage.linus.upload("marketing", [samples.comments(stage.folder)])
    stage.answer(message, "positive", "negative", "6")
    return stage.shown(message)


def several_files(stage: Stage) -> str:
    files = [
        samples.photo(stage.folder),
        samples.report(stage.folder),
        samples.archive(stage.folder),
    ]
    message = stage.ada.upload("general", files, text="for the archive")
    stage.answers(message, ["palace"], ["page"])
    refused = stage.whispered("ada", "can't read backup.7z")
    return f"{stage.shown(message)}\n(only ada sees this)\n{refused}"


def mention_with_text(stage: Stage) -> str:
    bot = stage.workspace.bot
    message = stage.ada.say(
        "general", f"<@{bot}> sentiment This queue is terrible, I waited an hour"
    )
    stage.answer(message, "negative")
    return stage.shown(message)


def mention_in_a_thread(stage: Stage) -> str:
    root = _discussion(stage)
    bot = stage.workspace.bot
    stage.grace.say(root["channel"], f"<@{bot}> summarize", thread=root["ts"])
    stage.answer(root, "•", "message", "Decided", "To do", "7 of 7 messages")
    return stage.shown(root)


def thread_shortcut(stage: Stage) -> str:
    root = _discussion(stage)
    stage.linus.shortcut("summarize", root)
    stage.answer(root, "•", "message")
    return stage.shown(root)


def message_shortcut(stage: Stage) -> str:
    message = stage.grace.say(
        "support", "The technician came late and the router still does not work."
    )
    stage.ada.shortcut("sentiment", message)
    stage.answer(message, "negative")
    return stage.shown(message)


def link_as_argument(stage: Stage) -> str:
    message = stage.linus.upload("random", [samples.photo(stage.folder)])
    stage.workspace.invite_bot(message["channel"])
    digits = message["ts"].replace(".", "")
    link = f"{stage.workspace.url}/archives/{message['channel']}/p{digits}"
    stage.ada.slash("/classify", link, channel="random")
    stage.answer(message, "palace")
    return stage.shown(message)


def private_answer(stage: Stage) -> str:
    stage.ada.slash("/sentiment", "--private This is wonderful news", channel="general")
    return f"(only ada sees this)\n{stage.whispered('ada', 'positive')}"


def direct_message(stage: Stage) -> str:
    message = stage.grace.say("dm", "sentiment Thanks, that was quick and friendly!")
    stage.answer(message, "positive")
    return stage.shown(message)


def refusal(stage: Stage) -> str:
    message = stage.grace.upload("support", [samples.archive(stage.folder)])
    refused = stage.whispered("grace", "can't read backup.7z")
    return f"{stage.shown(message)}\n(only grace sees this)\n{refused}"


def cancel(stage: Stage) -> str:
    message = stage.grace.upload("support", [samples.long_recording(stage.folder)])

    def button() -> Json | None:
        replies = stage.workspace.thread(message["channel"], message["ts"])[1:]
        return next((m for m in replies if any(b["type"] == "actions" for b in m["blocks"])), None)

    placeholder = stage.workspace.wait_for(button, PATIENCE)
    assert placeholder is not None
    try:
        stage.grace.click({**placeholder, "channel": message["channel"]}, "cancel")
    except LocalSlackError as error:
        raise Failed(f"the button did not work: {error}") from None
    stage.answer(message, "cancelled")
    return stage.shown(message)


def _discussion(stage: Stage) -> Json:
    """A thread of several people."""
    root = stage.ada.say("general", "Should we move the launch of the new web shop to October?")
    said = [
        (
            stage.grace,
            "The payment provider confirmed that their new interface is ready on 20 September.",
        ),
        (
            stage.linus,
            "Testing needs at least two weeks after that, so 6 October is the earliest safe date.",
        ),
        (
            stage.ada,
            "Marketing has booked the newsletter for 9 October, which would fit well with that.",
        ),
        (
            stage.grace,
            "Then I propose we launch on Tuesday 7 October and keep Wednesday for problems.",
        ),
        (
            stage.linus,
            "Agreed, I will tell the warehouse, they need one week of notice before we start.",
        ),
        (
            stage.ada,
            "Good. I will update the roadmap and write to the customers who asked about it.",
        ),
    ]
    for person, text in said:
        person.say(root["channel"], text, thread=root["ts"])
    return root


Scene = Callable[[Stage], str]

SCENES: dict[str, Scene] = {
    "/sentiment in a channel": sentiment_by_command,
    "/summarize in a channel": summary_by_command,
    "a call recording is uploaded": call_upload,
    "a recording is uploaded and named a call": call_by_mention,
    "/calls finds a moment of that call": calls_searched,
    "/redact in a channel": personal_data,
    "a photo is uploaded": photo_upload,
    "a PDF is uploaded": document_upload,
    "a CSV with comments is uploaded": table_upload,
    "three files in one message": several_files,
    "a mention with text": mention_with_text,
    "a mention in a thread": mention_in_a_thread,
    "the shortcut “Summarize thread”": thread_shortcut,
    "the shortcut “Sentiment”": message_shortcut,
    "/classify with a link to a message": link_as_argument,
    "/sentiment --private": private_answer,
    "a direct message": direct_message,
    "a file that nobody can read": refusal,
    "a long recording is cancelled": cancel,
}
