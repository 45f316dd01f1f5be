"""Who did what where, as Slack says it of shortcuts, buttons and forms."""

from __future__ import annotations

from bot.act import enterprise_of, team_of


def test_where_slack_names_no_team_the_persons_counts() -> None:
    body = {"team": None, "enterprise": {"id": "E1"}, "user": {"id": "U1", "team_id": "T1"}}

    assert (team_of(body), enterprise_of(body)) == ("T1", "E1")


def test_a_team_without_an_organization_has_none() -> None:
    body = {"team": {"id": "T2"}, "enterprise": None, "user": {"id": "U1", "team_id": "T1"}}

    assert (team_of(body), enterprise_of(body)) == ("T2", "")
