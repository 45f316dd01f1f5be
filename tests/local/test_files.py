"""Files: uploads by people and by the app, downloads with and without the right token."""

import urllib.error
import urllib.request
from pathlib import Path

import pytest
from slack_sdk.errors import SlackApiError

from tests.local.conftest import RunningSlack
from tests.local.recording_app import RecordingApp

CONTENT = b"a,b\n1,2\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "ta ble.csv"
    path.write_bytes(CONTENT)
    return path


def download(url: str, token: str) -> tuple[int, str, bytes]:
    """Status, content type and bytes of a private URL."""
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"})
    try:
        with urllib.request.urlopen(request) as response:
            return response.status, response.headers.get_content_type(), response.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers.get_content_type(), error.read()


def upload(slack: RunningSlack, table: Path, channel: str = "support") -> dict:
    return slack.ada.upload(channel, [table], text="numbers")["files"][0]


def test_the_app_downloads_what_a_person_uploaded(slack: RunningSlack, table: Path) -> None:
    file = upload(slack, table)
    token = slack.slack.installation.bot_token

    assert download(file["url_private_download"], token) == (200, "text/csv", CONTENT)


@pytest.mark.parametrize("case", ["wrong token", "no scope", "not a member"])
def test_without_the_right_there_is_only_a_sign_in_page(
    slack: RunningSlack, table: Path, case: str
) -> None:
    file = upload(slack, table, "random" if case == "not a member" else "support")
    if case == "no scope":
        slack.workspace.revoke("files:read")
    token = "xoxb-wrong" if case == "wrong token" else slack.slack.installation.bot_token
    status, kind, body = download(file["url_private"], token)

    assert (status, kind, b"Sign in" in body) == (200, "text/html", True)


def test_a_deleted_file_is_gone_everywhere(slack: RunningSlack, table: Path) -> None:
    file = upload(slack, table)
    slack.ada.delete_file(file["id"])
    status, _, _ = download(file["url_private"], slack.slack.installation.bot_token)
    shown = slack.workspace.messages("support")[-1]["files"][0]
    with pytest.raises(SlackApiError, match="file_deleted"):
        slack.client.files_info(file=file["id"])

    assert (status, shown["mode"]) == (404, "tombstone")


def test_files_info_tells_where_a_file_is_shared(slack: RunningSlack, table: Path) -> None:
    said = slack.ada.upload("support", [table])
    shares = slack.client.files_info(file=said["files"][0]["id"])["file"]["shares"]

    assert shares["public"][said["channel"]][0]["ts"] == said["ts"]


def test_a_file_of_another_channel_does_not_exist(slack: RunningSlack, table: Path) -> None:
    file = upload(slack, table, "random")
    with pytest.raises(SlackApiError, match="file_not_found"):
        slack.client.files_info(file=file["id"])


def test_the_app_uploads_into_a_thread(slack: RunningSlack) -> None:
    said = slack.ada.say("support", "send it")
    slack.client.files_upload_v2(
        channel=said["channel"],
        thread_ts=said["ts"],
        content="1\n00:00 --> 00:01\nHi\n",
        filename="call.srt",
        title="Subtitles",
        initial_comment="Here it is",
    )
    reply = slack.workspace.thread("support", said["ts"])[1]

    assert (reply["text"], reply["files"][0]["title"]) == ("Here it is", "Subtitles")


def test_two_files_of_the_app_are_one_message(slack: RunningSlack) -> None:
    uploads = [{"content": "a", "filename": f"{name}.txt"} for name in "ab"]
    slack.client.files_upload_v2(channel=slack.workspace.channel("support"), file_uploads=uploads)

    assert len(slack.workspace.messages("support")[-1]["files"]) == 2


def test_an_upload_of_the_wrong_length_is_refused(slack: RunningSlack) -> None:
    answer = slack.client.files_getUploadURLExternal(filename="a.txt", length=3)
    request = urllib.request.Request(answer["upload_url"], b"four")
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request)
    caught.value.close()

    assert caught.value.code == 400


def test_a_json_body_is_not_read_where_slack_reads_only_forms(slack: RunningSlack) -> None:
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        slack.client.api_call("files.getUploadURLExternal", json={"filename": "a.txt", "length": 3})


def test_an_external_file_points_elsewhere(slack: RunningSlack, app: RecordingApp) -> None:
    body = {
        "user": "ada",
        "channel": "support",
        "external_url": "https://drive.example/doc",
        "name": "doc.pdf",
    }
    slack.workspace.call("POST", "uploads", body)
    file = app.wait_for("message")["files"][0]

    assert (file["is_external"], file["url_private"]) == (True, "https://drive.example/doc")


def test_a_voice_clip_may_be_mislabelled(slack: RunningSlack, tmp_path: Path) -> None:
    clip = tmp_path / "audio_message.m4a"
    clip.write_bytes(b"x")
    said = slack.ada.upload("support", [clip], mimetype="video/mp4")

    assert (said["files"][0]["mimetype"], said["files"][0]["subtype"]) == (
        "video/mp4",
        "slack_audio",
    )


def test_a_name_is_never_a_path(slack: RunningSlack, tmp_path: Path) -> None:
    stored = slack.slack.files.reserve(name="../../etc/passwd", user_id="U0")

    assert stored.path is not None
    assert stored.path.parent == tmp_path / "state" / "files"
