"""The page in a real browser: what it draws, what it refuses to draw, what people do on it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.local.conftest import RunningSlack
from tests.waiting import until

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MANIFEST = {
    "features": {
        "slash_commands": [{"command": "/sentiment", "description": "How a text feels"}],
        "shortcuts": [{"type": "message", "callback_id": "look", "name": "Have a look"}],
    },
    "settings": {"socket_mode_enabled": True},
    "oauth_config": {"scopes": {"bot": ["chat:write"]}},
}
HOSTILE = (
    "<img src=x onerror=document.body.dataset.bad=1> <script>document.body.dataset.bad=1</script>"
)
PLAIN = {"type": "plain_text", "text": "Press"}


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("Debian's chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def slack(start_slack: Callable[..., RunningSlack]) -> RunningSlack:
    return start_slack(MANIFEST)


@pytest.fixture
def page(browser: Browser, slack: RunningSlack) -> Iterator[Page]:
    """The page on #support; an error in its console fails the test."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    page.goto(f"{slack.url}/?channel=support")
    page.wait_for_selector("body[data-ready]")
    yield page
    page.close()
    assert errors == []


def post(slack: RunningSlack, *blocks: dict[str, Any], text: str = "t", **more: Any) -> Any:
    return slack.client.chat_postMessage(channel="support", text=text, blocks=list(blocks), **more)


def test_a_new_message_appears_by_itself(slack: RunningSlack, page: Page) -> None:
    slack.ada.say("support", "hello :tada:")

    expect(page.locator("#messages .message")).to_contain_text("hello 🎉")


def test_mrkdwn_is_drawn(slack: RunningSlack, page: Page) -> None:
    slack.client.chat_postMessage(channel="support", text="*b* _i_ ~s~ `c` &lt;x&gt;\n&gt; quoted")
    content = page.locator("#messages .content")

    expect(content.locator("strong, em, s, code, blockquote")).to_have_text(
        ["b", "i", "s", "c", "quoted"]
    )


def test_hostile_content_stays_text(slack: RunningSlack, page: Page) -> None:
    section = {"type": "section", "text": {"type": "mrkdwn", "text": HOSTILE}}
    markdown = {
        "type": "markdown",
        "text": f"{HOSTILE} [x](javascript:document.body.dataset.bad=1)",
    }
    post(slack, section, markdown, {"type": "header", "text": {**PLAIN, "text": HOSTILE}})
    slack.ada.say("support", HOSTILE)
    expect(page.locator("#messages .message")).to_have_count(2)

    assert page.evaluate(
        "[document.body.dataset.bad,"
        " document.querySelectorAll('#messages :is(script, img)').length,"
        " document.querySelectorAll('a[href^=javascript]').length]"
    ) == [None, 0, 0]


def test_every_kind_of_block_is_drawn(slack: RunningSlack, page: Page) -> None:
    cell = {"type": "raw_text", "text": "cell"}
    pie = {"type": "pie", "segments": [{"label": "yes", "value": 3}, {"label": "no", "value": 1}]}
    points = [{"label": "Mon", "value": 2}]
    bars = {
        "type": "bar",
        "series": [{"name": "s", "data": points}],
        "axis_config": {"categories": ["Mon"]},
    }
    post(
        slack,
        {"type": "header", "text": {**PLAIN, "text": "Head"}},
        {"type": "divider"},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "small"}]},
        {"type": "table", "rows": [[cell]]},
        {"type": "data_table", "caption": "Table", "rows": [[cell]] * 8},
        {"type": "data_visualization", "title": "Pie", "chart": pie},
        {"type": "data_visualization", "title": "Bars", "chart": bars},
        {"type": "markdown", "text": "# One\n- two"},
    )

    expect(page.locator("#messages .block")).to_have_count(8)
    expect(page.get_by_role("img", name="Pie: pie chart. yes 3, no 1")).to_be_visible()
    expect(page.locator(".pager")).to_contain_text("1–5 of 7")


def test_a_message_can_be_written(slack: RunningSlack, page: Page) -> None:
    page.locator("#compose textarea").fill("typed @grace")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")

    expect(page.locator("#messages .message")).to_contain_text("typed @Grace Hopper")


def test_commands_are_suggested_and_run(slack: RunningSlack, page: Page) -> None:
    app = slack.connect()
    page.locator("#compose textarea").press_sequentially("/sen")
    page.keyboard.press("Tab")
    page.keyboard.type("I love it")
    page.keyboard.press("Enter")
    until(lambda: app.payloads("slash_commands"))

    assert app.payloads("slash_commands")[0]["text"] == "I love it"


def test_a_failed_command_is_shown_only_to_its_person(slack: RunningSlack, page: Page) -> None:
    page.locator("#compose textarea").fill("/sentiment x")
    page.keyboard.press("Enter")

    expect(page.locator(".ephemeral")).to_contain_text("Only visible to you")


def test_a_button_is_pressed(slack: RunningSlack, page: Page) -> None:
    app = slack.connect()
    button = {"type": "button", "action_id": "go", "text": PLAIN}
    post(slack, {"type": "actions", "elements": [button]})
    page.get_by_role("button", name="Press").click()
    until(lambda: app.payloads("interactive"))

    assert app.payloads("interactive")[0]["actions"][0]["action_id"] == "go"


def test_a_shortcut_is_in_the_menu_of_a_message(slack: RunningSlack, page: Page) -> None:
    app = slack.connect()
    slack.ada.say("support", "look at me")
    page.locator("#messages .message").hover()
    page.get_by_label("More actions").click()
    page.get_by_text("Have a look").click()
    until(lambda: app.payloads("interactive"))

    assert app.payloads("interactive")[0]["message"]["text"] == "look at me"


def test_a_thread_opens_from_the_address_and_takes_a_reply(slack: RunningSlack, page: Page) -> None:
    said = slack.ada.say("support", "parent")
    page.goto(f"{slack.url}/?channel={said['channel']}&thread={said['ts']}")
    page.locator("#thread textarea").fill("child")
    page.keyboard.press("Enter")

    expect(page.locator("#thread-messages .content")).to_have_text(["parent", "child"])


def test_a_modal_is_filled_in(slack: RunningSlack, page: Page) -> None:
    app = slack.connect()
    slack.ada.slash("/sentiment", channel="support")
    element = {"type": "plain_text_input", "action_id": "a"}
    block = {
        "type": "input",
        "block_id": "b",
        "label": {**PLAIN, "text": "Text"},
        "element": element,
    }
    view = {"type": "modal", "title": PLAIN, "submit": {**PLAIN, "text": "Send"}, "blocks": [block]}
    trigger = app.payloads("slash_commands")[0]["trigger_id"]
    slack.client.views_open(trigger_id=trigger, view=view)
    page.get_by_label("Text").fill("hello")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("dialog")).to_be_hidden()
    values = app.payloads("interactive")[0]["view"]["state"]["values"]

    assert values["b"]["a"]["value"] == "hello"


def test_files_are_attached_and_offered(slack: RunningSlack, page: Page, tmp_path: Path) -> None:
    path = tmp_path / "numbers.csv"
    path.write_text("a,b")
    page.locator("#compose input[type=file]").set_input_files(path)
    page.get_by_label("Send now").first.click()

    expect(page.locator(".file-card")).to_contain_text("numbers.csv")


def test_a_file_is_dropped_anywhere_in_the_conversation(page: Page) -> None:
    transfer = page.evaluate_handle(
        "() => { const all = new DataTransfer();"
        " all.items.add(new File(['a,b'], 'numbers.csv')); return all; }"
    )
    page.locator("#messages").dispatch_event("drop", {"dataTransfer": transfer})

    expect(page.locator("#compose .chip")).to_contain_text("numbers.csv")


def test_on_a_phone_the_conversation_and_its_thread_have_the_whole_width(
    slack: RunningSlack, page: Page
) -> None:
    slack.ada.say("support", "child", thread=slack.ada.say("support", "parent")["ts"])
    page.set_viewport_size({"width": 390, "height": 844})
    widths = [page.locator("#main").bounding_box()]
    page.locator("#messages .thread-footer").click()
    expect(page.locator("#thread-messages")).to_contain_text("child")
    widths.append(page.locator("#thread").bounding_box())

    assert [box and box["width"] for box in widths] == [390, 390]


def test_on_a_phone_the_strip_of_channels_shows_the_open_one(
    slack: RunningSlack, page: Page
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    last = next(each for each in slack.workspace.about()["channels"] if each["kind"] == "im")
    page.goto(f"{slack.url}/?channel={last['id']}")
    page.wait_for_selector("body[data-ready]")

    expect(page.locator(".entry.open")).to_be_in_viewport(ratio=1)


def test_a_picture_that_cannot_be_shown_says_so(
    slack: RunningSlack, page: Page, tmp_path: Path
) -> None:
    path = tmp_path / "broken.png"
    path.write_bytes(b"no picture at all")
    page.locator("#compose input[type=file]").set_input_files(path)
    page.get_by_label("Send now").first.click()

    expect(page.locator(".file-image .broken")).to_contain_text("cannot be shown: broken.png")


def test_an_empty_channel_says_how_to_begin(page: Page, slack: RunningSlack) -> None:
    expect(page.locator("#messages .empty")).to_contain_text("Type / to see what")
