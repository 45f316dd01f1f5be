"""What a worker imports and holds: no library that its models do without, nothing once unloaded."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from core.reply import Reply
from skills.skill import Skill
from workers.pool import ModelPool

MIB = 1024 * 1024
# Every bundled model loaded and asked once, as a worker on a CPU does.
ALL_MODELS = """
import json, sys
import workers.main
from skills.catalog import catalog
from skills.skill import Input
from workers.pool import ModelPool
pool = ModelPool(device="cpu", catalog=catalog())
for name in ("sentiment", "summarize", "classify", "transcribe"):
    with pool.use(name) as model:
        if name == "sentiment":
            catalog()[name].run(model, [Input(text="The start was quick, thank you!")])
heavy = sorted({"torch", "transformers", "whisper", "scipy", "sklearn"} & set(sys.modules))
status = open("/proc/self/status").read()  # getrusage would count what our parent had, too
most = int(status.partition("VmHWM:")[2].split()[0]) * 1024
print(json.dumps({"loaded": pool.loaded(), "heavy": heavy, "most_bytes": most}))
"""


class Bulky(Skill[str]):
    """A skill whose model is a heap of small pieces, as those of libraries are."""

    name, title, summary, hint, model, queue = "bulky", "Bulky", "Big?", "[text]", "bulky", "text"
    takes_text = 100

    def load(self, device: str) -> Any:
        return [bytes(50_000) + bytes([number % 256]) for number in range(4_000)]  # 200 MB

    def run(self, model: Any, batch: Any) -> list[Any]:
        return ["" for _ in batch]

    def render(self, result: str) -> Reply:
        return Reply(text=result)


def resident_bytes() -> int:
    """What this process has in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


@pytest.fixture(scope="module")
def with_all_models() -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", ALL_MODELS], capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_a_worker_with_all_bundled_models_has_imported_neither_torch_nor_transformers(
    with_all_models: dict[str, Any],
) -> None:
    assert len(with_all_models["loaded"]) == 4
    assert with_all_models["heavy"] == []


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it is counted otherwise")
def test_a_worker_with_all_bundled_models_stays_under_a_gigabyte_and_a_half(
    with_all_models: dict[str, Any],
) -> None:
    assert with_all_models["most_bytes"] < 1536 * MIB


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads /proc")
def test_an_unloaded_model_leaves_the_memory_of_the_machine() -> None:
    pool = ModelPool(device="cpu", catalog={"bulky": Bulky()})
    with pool.use("bulky") as model:
        loaded = resident_bytes()
        assert len(model) == 4_000
        del model

    pool.evict_idle(seconds=0)

    assert loaded - resident_bytes() > 150 * MIB
