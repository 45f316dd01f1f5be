"""`/readymade settings`: a form with what a channel chose; what is saved is told in the channel."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

import pytest

from bot.channel_settings import changed
from bot.settings_form import view
from core import preferences, words
from core.preferences import Preferences
from core.rule import FORMS
from local.limits.views import check_view
from local.shapes import Json
from local.transcript import visible_text
from tests.bot.conftest import Reception

RULES = "silence under 30 s\nnobody says: guarantee (x2)"


def opened(reception: Reception, *, channel: str = "general") -> Json:
    """The form as ada sees it."""
    reception.ada.slash("/readymade", "settings", channel=channel)
    return reception.workspace.views("ada")[-1]


def chosen(reception: Reception, channel: str = "general") -> Preferences:
    team = str(reception.workspace.about()["team"]["id"])
    place = reception.workspace.channel(channel)
    return preferences.read(reception.records, team=team, channel=place)


def said(reception: Reception, channel: str = "general") -> list[str]:
    """What the bot says in a channel."""
    messages = reception.workspace.messages(reception.workspace.channel(channel))
    texts = [visible_text(each) for each in messages if each.get("bot_id")]
    return [text.replace("\u2060", "") for text in texts]


def person(reception: Reception, name: str) -> str:
    return next(str(u["id"]) for u in reception.workspace.about()["users"] if u["name"] == name)


def test_what_is_saved_holds_and_is_told_in_the_channel(reception: Reception) -> None:
    form = opened(reception)
    support = reception.workspace.channel("support")
    outcome = reception.ada.submit(
        form, {"redact": "names", "rules": RULES, "alerts": support, "digest": "daily"}
    )
    reception.workspace.wait_for(lambda: said(reception))
    (told,) = said(reception)

    assert outcome["ok"]
    assert reception.workspace.views("ada") == []
    kept = chosen(reception)
    assert kept == Preferences(
        redact="names", rules=RULES, alerts=support, digest="daily",
        digest_timezone="Etc/UTC", digest_by=person(reception, "ada"),
        digest_chosen=kept.digest_chosen,
    )  # fmt: skip
    assert time.time() - 60 < kept.digest_chosen <= time.time()
    assert "changed the settings of this channel" in told
    assert all(line in told for line in RULES.splitlines())
    assert f"<#{support}>" in told
    assert "Every day at 09:00 (Etc/UTC)" in told


def test_the_form_shows_what_was_chosen(reception: Reception) -> None:
    support = reception.workspace.channel("support")
    reception.ada.submit(opened(reception), {"rules": RULES, "alerts": support, "digest_hour": "7"})
    elements = {each["block_id"]: each["element"] for each in opened(reception)["blocks"]}

    assert elements["rules"]["initial_value"] == RULES
    assert elements["alerts"]["initial_conversation"] == support
    assert elements["digest_hour"]["initial_option"]["value"] == "7"
    assert elements["redact"]["initial_option"]["value"] == "no"


LABELS = {
    each["block_id"]: each["label"]["text"] for each in view(Preferences(), channel="C1")["blocks"]
}


def test_a_change_of_alerts_is_told_in_the_words_of_the_form() -> None:
    told = str(changed(Preferences(rules=RULES, alerts="C0SUPPORT"), user="U1"))

    assert f"•  {LABELS['alerts']}: <#C0SUPPORT>" in told


def test_the_hour_says_what_it_is_the_hour_of() -> None:
    assert "digest" in LABELS["digest_hour"]


def test_the_page_about_rules_calls_the_channel_for_alerts_as_the_form_does() -> None:
    page = Path(__file__).parents[2] / "docs" / "rules.md"

    assert f"*{LABELS['alerts']}*" in page.read_text()


def test_what_is_emptied_is_gone(reception: Reception) -> None:
    support = reception.workspace.channel("support")
    reception.ada.submit(opened(reception), {"rules": RULES, "alerts": support})
    reception.ada.submit(opened(reception), {"rules": "", "alerts": ""})

    assert (chosen(reception).rules, chosen(reception).alerts) == ("", "")


def test_a_line_that_is_not_understood_is_refused_in_the_form(reception: Reception) -> None:
    form = opened(reception)
    outcome = reception.ada.submit(form, {"rules": "silence under 30 s\nsilnce 5"})

    assert "“silnce 5”" in outcome["errors"]["rules"]
    assert "for example" in outcome["errors"]["rules"]
    assert reception.workspace.views("ada")[-1]["id"] == form["id"]
    assert chosen(reception) == Preferences()


def test_alerts_need_a_channel_that_the_bot_is_in(reception: Reception) -> None:
    random = reception.workspace.channel("random")
    outcome = reception.ada.submit(opened(reception), {"alerts": random})

    assert outcome["errors"] == {"alerts": words.INVITE_THERE}


def test_alerts_never_go_to_a_channel_shared_with_another_company(reception: Reception) -> None:
    shared = reception.workspace.add_channel("partners", members=["ada"], is_ext_shared=True)
    outcome = reception.ada.submit(opened(reception), {"alerts": shared})

    assert outcome["errors"] == {"alerts": words.EXTERNAL}


@pytest.mark.parametrize(
    ("channel", "sentence"),
    [("random", words.SETTINGS_NEED_ME), ("dm", words.SETTINGS_OF_CHANNELS)],
)
def test_elsewhere_there_are_no_settings(reception: Reception, channel: str, sentence: str) -> None:
    reception.ada.slash("/readymade", "settings", channel=channel)

    assert reception.whispers()[-1] == sentence
    assert reception.workspace.views("ada") == []


@pytest.mark.parametrize("policy", ['[everywhere]\nsettings = ["U0SOMEBODY"]'])
def test_the_policy_may_let_only_some_people(reception: Reception) -> None:
    reception.ada.slash("/readymade", "settings")

    assert reception.whispers()[-1] == words.NOT_YOUR_SETTINGS
    assert reception.workspace.views("ada") == []


@pytest.mark.parametrize("policy", ['[everywhere]\nskills = ["call", "sentiment"]'])
def test_where_summaries_are_switched_off_there_is_no_digest(reception: Reception) -> None:
    outcome = reception.ada.submit(opened(reception), {"digest": "daily"})

    assert "/summarize" in outcome["errors"]["digest"]
    assert chosen(reception).digest == "off"


def test_a_digest_has_no_hour_while_slack_does_not_say_where_its_chooser_lives(
    reception: Reception,
) -> None:
    form = opened(reception)
    reception.workspace.faults(fail_next=[{"method": "users.info", "status": 429}])
    outcome = reception.ada.submit(form, {"digest": "daily"})

    assert outcome["errors"] == {"digest_hour": words.BUSY}
    assert chosen(reception).digest == "off"


def test_saving_without_a_change_says_nothing(reception: Reception) -> None:
    outcome = reception.ada.submit(opened(reception), {})
    reception.quiet()

    assert outcome["ok"]
    assert said(reception) == []


def test_who_changed_where_is_in_the_audit_file_and_what_is_not(reception: Reception) -> None:
    reception.ada.submit(opened(reception), {"rules": RULES})
    (record,) = reception.audit()
    record.pop("at")

    assert record == {
        "outcome": "settings changed",
        "team": reception.workspace.about()["team"]["id"],
        "channel": reception.workspace.channel("general"),
        "user": person(reception, "ada"),
    }


def test_what_cannot_be_saved_now_is_said_in_the_form(reception: Reception) -> None:
    form = opened(reception)
    with sqlite3.connect(reception.folder / "records.sqlite") as database:
        database.execute("DROP TABLE records")
    outcome = reception.ada.submit(form, {"rules": RULES})

    assert outcome["errors"] == {"digest_hour": words.BUSY}
    assert reception.audit()[-1]["channel"] == reception.workspace.channel("general")


@pytest.mark.parametrize("rules", ["", "\n".join(form.example for form in FORMS), "x" * 3_000])
def test_slack_takes_the_form(rules: str) -> None:
    known = Preferences(rules=rules, alerts="C0123456789", redact="names", digest="weekly")

    assert check_view(view(known, channel="C0123456789"))


def test_what_somebody_else_saved_meanwhile_stays(reception: Reception) -> None:
    seen_before = opened(reception)
    grace = reception.workspace.person("grace")
    grace.slash("/readymade", "settings", channel="general")
    grace.submit(reception.workspace.views("grace")[-1], {"redact": "yes", "digest_hour": "7"})
    reception.ada.submit(seen_before, {"rules": RULES})

    kept = chosen(reception)
    assert (kept.redact, kept.digest_hour, kept.rules) == ("yes", 7, RULES)
