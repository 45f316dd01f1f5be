"""The sandbox: whatever a decoder does, the parent gets an answer or one sentence, and lives."""

from __future__ import annotations

import os
import platform
import socket
import sys
import time
from pathlib import Path

import pytest

from core.errors import SetupError, UserError
from skills.decode.pace import Pace
from skills.decode.sandbox import (
    DAMAGED,
    isolation_level,
    output_size,
    run_decoder,
    run_decoder_many,
)
from skills.decode.seccomp import PROCESSORS

HERE = "tests.skills.decoders:"
KNOWN = sys.platform == "linux" and platform.machine() in PROCESSORS


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "upload"
    file.write_bytes(b"12345")
    return file


def test_the_result_comes_back_with_the_options_it_was_made_with(path: Path) -> None:
    answer = run_decoder(HERE + "count_bytes", path, options={"side": 224})

    assert (answer["bytes"], answer["options"]) == (5, {"side": 224})


def test_big_outputs_are_files_in_the_folder_we_name(path: Path, tmp_path: Path) -> None:
    run_decoder(HERE + "count_bytes", path, out_dir=tmp_path / "out")

    assert (tmp_path / "out" / "copy").read_bytes() == b"12345"


def test_a_link_that_a_decoder_left_is_not_followed(path: Path, tmp_path: Path) -> None:
    run_decoder(HERE + "leave_a_link", path, out_dir=tmp_path / "out", options={"to": str(path)})

    assert (tmp_path / "out" / "link").is_symlink()
    assert (output_size(path), output_size(tmp_path / "out" / "link")) == (5, 0)


def test_without_a_folder_nothing_is_left_behind(path: Path) -> None:
    answer = run_decoder(HERE + "count_bytes", path)

    assert not Path(answer["folder"]).exists()


def test_a_jobs_own_folder_holds_all_that_a_killed_worker_would_leave(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    job = tmp_path / "tmp" / "worker" / "job"
    job.mkdir(parents=True)
    (job / "upload").write_bytes(b"12345")

    answer = run_decoder(HERE + "count_bytes", job / "upload")

    assert Path(answer["folder"]).parent == job


def test_a_refusal_crosses_with_its_own_words(path: Path) -> None:
    with pytest.raises(UserError, match=r"^This is empty: send another\.$"):
        run_decoder(HERE + "refuse", path)


@pytest.mark.parametrize(
    "decoder", ["stumble", "crash", "abort", "lie", "return_an_object", "say_too_much", "hang"]
)
def test_any_other_end_becomes_one_sentence(decoder: str, path: Path) -> None:
    with pytest.raises(UserError) as caught:
        run_decoder(HERE + decoder, path, seconds=1 if decoder == "hang" else 20)

    assert str(caught.value) == DAMAGED


def test_the_caller_chooses_the_sentence(path: Path) -> None:
    with pytest.raises(UserError, match=r"^Send a picture\.$"):
        run_decoder(HERE + "crash", path, damaged="Send a picture.")


def test_the_cause_names_the_exception_and_not_its_text(path: Path) -> None:
    with pytest.raises(UserError) as caught:
        run_decoder(HERE + "stumble", path)

    assert str(caught.value.__cause__) == "ValueError"


def test_a_missing_package_is_the_administrators(path: Path) -> None:
    with pytest.raises(SetupError, match=r"no_such_package"):
        run_decoder("no_such_package:decode", path)


def test_memory_is_bounded(path: Path) -> None:
    with pytest.raises(UserError):
        run_decoder(
            HERE + "eat_memory", path, options={"bytes": 600 * 2**20}, memory_bytes=512 * 2**20
        )


def test_memory_below_the_bound_is_there(path: Path) -> None:
    answer = run_decoder(
        HERE + "eat_memory", path, options={"bytes": 300 * 2**20}, memory_bytes=512 * 2**20
    )

    assert answer == {"bytes": 300 * 2**20}


def test_a_hanging_decoder_is_stopped_in_time(path: Path) -> None:
    start = time.monotonic()

    with pytest.raises(UserError):
        run_decoder(HERE + "hang", path, seconds=0.5)

    assert time.monotonic() - start < 5


PACE = Pace(file="sound", bytes_a_second=50, most_seconds=60)


def get_on(path: Path, tmp_path: Path, **options: float) -> dict[str, object]:
    """A decoder that writes at each of its steps, with a pace and two seconds."""
    out_dir = tmp_path / "out"
    return run_decoder(
        HERE + "get_on_slowly", path, out_dir=out_dir, options=options, seconds=2, pace=PACE
    )


def test_a_decoder_that_gets_on_outlives_its_deadline(path: Path, tmp_path: Path) -> None:
    answer = get_on(path, tmp_path, steps=8, pause=0.5, bytes=100, stalls_after=0)

    assert answer == {"steps": 8}


@pytest.mark.parametrize(
    "options",
    [
        {"steps": 9, "pause": 0, "bytes": 10_000, "stalls_after": 1},
        {"steps": 900, "pause": 0.1, "bytes": 1, "stalls_after": 0},
    ],
    ids=["it has done enough for minutes and hangs", "it trickles"],
)
def test_a_decoder_that_does_not_get_on_is_stopped(
    options: dict[str, float], path: Path, tmp_path: Path
) -> None:
    start = time.monotonic()

    with pytest.raises(UserError) as caught:
        get_on(path, tmp_path, **options)

    assert str(caught.value.__cause__) == "took too long"
    assert time.monotonic() - start < 30


@pytest.mark.skipif(KNOWN, reason="a decoder can start nothing here: see reach_out")
def test_what_a_decoder_started_dies_with_it(path: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        run_decoder(HERE + "hang_in_a_grandchild", path, out_dir=tmp_path / "out", seconds=1)

    assert _is_dead(int((tmp_path / "out" / "pid").read_text()))


def test_printing_and_reading_reach_nobody(path: Path) -> None:
    assert run_decoder(HERE + "babble", path) == {"read": ""}


def test_the_environment_holds_no_secret_of_ours(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")

    assert "xoxb-secret" not in str(run_decoder(HERE + "look_around", path))


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="reads /proc")
def test_no_open_file_of_ours_is_inherited(path: Path) -> None:
    with path.open() as held:
        os.set_inheritable(held.fileno(), True)
        answer = run_decoder(HERE + "look_around", path)

    # Standard streams, the pipe to us, and the listing itself.
    assert len(answer["descriptors"]) == 5


def test_the_network_is_out_of_reach(path: Path) -> None:
    if "no network" not in isolation_level():
        pytest.skip("this system allows no private network without extra rights")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        with pytest.raises(UserError):
            run_decoder(HERE + "call_out", path, options={"port": port})


@pytest.mark.skipif(
    not KNOWN, reason="the walls are Linux's, on the processors that seccomp.py knows"
)
def test_nothing_outside_is_reached_from_inside(path: Path, tmp_path: Path) -> None:
    if "no other files" not in isolation_level():
        pytest.skip("this kernel has no Landlock")
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(socket.AF_UNIX) as local:
        local.bind(str(tmp_path / "redis.sock"))
        local.listen()
        reached = run_decoder(
            HERE + "reach_out",
            path,
            options={"port": server.getsockname()[1], "socket": str(tmp_path / "redis.sock")},
        )

    assert [name for name, was in reached.items() if was] == []


def test_what_decoders_need_is_left_to_them(path: Path, tmp_path: Path) -> None:
    answer = run_decoder(HERE + "stay_at_work", path, out_dir=tmp_path / "out")

    assert answer == {"thread": True, "limit": 0}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SLACK_BOT_TOKEN", "xoxb-secret"),
        ("REDIS_URL", "redis://:secret@127.0.0.1/0"),
        ("CONTENT_KEY", "a secret"),
        ("PYTHONPATH", "/a/secret"),
    ],
)
def test_no_setting_of_ours_is_in_its_environment(
    name: str, value: str, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)

    assert name not in run_decoder(HERE + "look_around", path)["environment"]


def test_files_it_was_not_given_are_out_of_reach(path: Path, tmp_path: Path) -> None:
    if "no other files" not in isolation_level():
        pytest.skip("this kernel has no Landlock")
    (tmp_path / "secret").write_text("a token")

    with pytest.raises(UserError):
        run_decoder(
            HERE + "read_another_file",
            path,
            out_dir=tmp_path / "out",
            options={"path": str(tmp_path / "secret")},
        )


def test_our_environment_is_not_read_through_the_system(path: Path) -> None:
    if "no other files" not in isolation_level():
        pytest.skip("this kernel has no Landlock")

    with pytest.raises(UserError):
        run_decoder(
            HERE + "read_another_file", path, options={"path": f"/proc/{os.getpid()}/environ"}
        )


@pytest.mark.parametrize(
    "module", ["mimetypes", "ssl", "zoneinfo", "numpy", "PIL.Image", "openpyxl", "docx", "av"]
)
def test_what_decoders_import_is_within_reach(module: str, path: Path) -> None:
    answer = run_decoder(HERE + "import_late", path, options={"module": module})

    assert answer == {"module": module}


def test_nothing_is_written_outside_its_folder(path: Path, tmp_path: Path) -> None:
    if "no other files" not in isolation_level():
        pytest.skip("this kernel has no Landlock")

    with pytest.raises(UserError):
        run_decoder(
            HERE + "write_elsewhere",
            path,
            out_dir=tmp_path / "out",
            options={"path": str(tmp_path / "new")},
        )

    assert not (tmp_path / "new").exists()


def test_one_crash_among_many_costs_only_its_own_file(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a", "crash-1", "b", "crash-2")]

    answers = run_decoder_many(HERE + "crash_when_told", paths, out_dir=tmp_path / "out")

    names = [each["name"] if isinstance(each, dict) else None for each in answers]
    assert names == ["a", None, "b", None]


def test_many_files_are_answered_in_order_however_many_children_opened_them(tmp_path: Path) -> None:
    paths = [tmp_path / ("crash" if number % 7 == 3 else f"{number}") for number in range(20)]

    answers = run_decoder_many(HERE + "crash_when_told", paths, out_dir=tmp_path / "out")

    names = [each["name"] if isinstance(each, dict) else "crash" for each in answers]
    assert names == [path.name for path in paths]


def test_a_child_loads_no_settings_and_no_library_for_them(path: Path) -> None:
    modules = run_decoder(HERE + "list_modules", path)["modules"]

    assert "skills.decode.scratch" in modules
    assert {"pydantic", "core.settings", "numpy", "asyncio"}.isdisjoint(modules)


def _is_dead(pid: int) -> bool:
    """Whether a process is gone, or a zombie that nobody has collected yet; waits a little."""
    for _ in range(50):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.1)
    return False
