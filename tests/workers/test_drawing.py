"""A chart reaches its thread also where Slack draws none: in words, and once as a picture."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from core import words
from core.reply import Chart, Slice
from local.shapes import Json
from tests.workers.conftest import CHART, Shop
from workers import drawing
from workers.drawing import draw_chart

NEWER = ["table", "data_table", "data_visualization"]


def files(shop: Shop, id: str) -> list[Json]:
    """All files in the thread of a job."""
    thread = shop.slack.workspace.thread(*shop.roots[id])
    return [file for message in thread for file in message.get("files") or []]


def test_a_refused_chart_follows_as_a_picture_beside_the_files(shop: Shop) -> None:
    shop.slack.workspace.faults(reject_blocks=NEWER)
    id = shop.ask("draw")
    shop.work()

    text, picture = files(shop, id)
    assert (text["name"], picture["name"]) == ("echo.txt", "comments by sentiment.png")
    assert picture["alt_txt"] == "Comments by sentiment: Positive: 3, Negative: 1."


def test_an_answer_whose_chart_is_refused_says_all_of_it_in_words(shop: Shop) -> None:
    shop.slack.workspace.faults(reject_blocks=NEWER)
    id = shop.ask("draw")
    shop.work()

    answer, _ = shop.said(id)
    assert "DRAW" in answer
    assert "Positive: 3, Negative: 1" in answer
    assert "About  Like\nprice  3\nfit    1" in answer


def test_a_picture_is_attached_once_though_slacks_reply_was_lost(shop: Shop) -> None:
    lost = {"method": "files.completeUploadExternal", "reset": "after"}
    shop.slack.workspace.faults(reject_blocks=NEWER, fail_next=[lost])
    id = shop.ask("draw")
    shop.work()

    assert [file["name"] for file in files(shop, id)] == ["echo.txt", "comments by sentiment.png"]


def test_a_picture_is_attached_once_by_the_worker_after_a_dead_one(shop: Shop) -> None:
    shop.slack.workspace.faults(reject_blocks=NEWER)
    id = shop.ask("draw")
    lost = {"method": "chat.postMessage", "reset": "after"}
    shop.slack.workspace.faults(reject_blocks=NEWER, fail_next=[lost])
    shop.work()
    shop.worker_dies()
    shop.work()

    assert [file["name"] for file in files(shop, id)] == ["echo.txt", "comments by sentiment.png"]


def test_where_slack_draws_the_chart_there_is_no_picture(shop: Shop) -> None:
    id = shop.ask("draw")
    shop.work()

    assert [file["name"] for file in files(shop, id)] == ["echo.txt"]


@pytest.mark.parametrize(("refused", "names"), [([], []), (NEWER, ["comments by sentiment.png"])])
def test_an_answer_without_a_file_has_a_picture_only_where_its_chart_is_refused(
    shop: Shop, refused: list[str], names: list[str]
) -> None:
    shop.slack.workspace.faults(reject_blocks=refused)
    id = shop.ask("chart")
    shop.work()

    assert [file["name"] for file in files(shop, id)] == names
    assert words.NOT_ATTACHED not in " ".join(shop.said(id))


def test_no_more_charts_follow_as_pictures_than_a_message_draws(shop: Shop) -> None:
    shop.slack.workspace.faults(reject_blocks=NEWER)
    id = shop.ask("charts")
    shop.work()

    assert [file["name"] for file in files(shop, id)] == ["first.png", "second.png"]


@pytest.mark.parametrize(("text", "refused"), [("table", NEWER), ("chart", [])])
def test_nothing_is_uploaded_where_nothing_follows_an_answer(
    shop: Shop, text: str, refused: list[str]
) -> None:
    shop.slack.workspace.faults(reject_blocks=refused)
    shop.ask(text)
    shop.work()

    assert "files.completeUploadExternal" not in shop.slack.workspace.log()["counts"]


def test_a_workspace_that_refuses_all_but_sections_is_answered_too(shop: Shop) -> None:
    shop.slack.workspace.faults(reject_blocks=[*NEWER, "rich_text"])
    id = shop.ask("draw")
    shop.work()

    assert "DRAW" in shop.said(id)[0]
    assert [file["name"] for file in files(shop, id)] == ["echo.txt", "comments by sentiment.png"]


def size(chart: Chart) -> tuple[int, int]:
    return Image.open(BytesIO(draw_chart(chart).content)).size


@pytest.mark.parametrize("kind", ["pie", "bar", "line"])
@pytest.mark.parametrize("values", [(), (0.0,), (1e-9, 3.0), (5, -2.5, 1e12), (7,) * 30])
def test_any_figures_make_a_picture(kind: str, values: tuple[float, ...]) -> None:
    slices = tuple(Slice(label=f"‮<!here> {each}" * 9, value=each) for each in values)

    assert size(Chart(title="*" * 300, kind=kind, slices=slices)) == (1200, 600)


def test_a_picture_of_long_words_has_a_name_and_a_description_that_slack_takes() -> None:
    slices = tuple(Slice(label="Quarter " * 40, value=each) for each in range(20))
    picture = draw_chart(Chart(title="Mood of " + "x" * 900, kind="bar", slices=slices))

    assert picture.name == f"mood of {'x' * 41}.png"
    assert len(picture.alt) < 1000


def test_parts_of_a_pie_are_as_large_as_their_shares() -> None:
    image = Image.open(BytesIO(draw_chart(CHART).content)).convert("RGB")
    counts = [count for count, _ in sorted(image.getcolors(1 << 20), reverse=True)[:3]]

    assert counts[1] / counts[2] == pytest.approx(3, rel=0.05)


def test_a_machine_without_fonts_still_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "FONTS", ())

    assert size(CHART) == (1200, 600)
