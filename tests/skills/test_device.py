"""What the libraries that compute are told about the processor."""

from __future__ import annotations

from pathlib import Path

import pytest

from skills.models.device import WIDE, prepare_libraries

NAME = "CT2_FORCE_CPU_ISA"


def told(folder: Path, flags: set[str], **environment: str) -> dict[str, str]:
    """The environment of a process on a processor with these flags."""
    facts = folder / "cpuinfo"
    facts.write_text(
        f"model name\t: Some\nflags\t\t: fpu {' '.join(sorted(flags))} sse2\nbugs\t\t:\n"
    )
    prepare_libraries(environment, facts=facts)
    return environment


def test_a_processor_with_good_wide_vectors_uses_them(tmp_path: Path) -> None:
    assert told(tmp_path, WIDE)[NAME] == "AVX512"


@pytest.mark.parametrize("missing", sorted(WIDE))
def test_a_processor_that_lacks_one_kind_of_them_is_left_alone(
    tmp_path: Path, missing: str
) -> None:
    assert NAME not in told(tmp_path, WIDE - {missing})


def test_who_runs_a_worker_may_say_otherwise(tmp_path: Path) -> None:
    assert told(tmp_path, WIDE, **{NAME: "AVX2"})[NAME] == "AVX2"


def test_a_system_that_does_not_tell_is_left_alone(tmp_path: Path) -> None:
    environment: dict[str, str] = {}

    prepare_libraries(environment, facts=tmp_path / "nothing")

    assert NAME not in environment
