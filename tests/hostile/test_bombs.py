"""Bombs: files that swell to hundreds of megabytes are refused before memory is spent on them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile.nasty import NASTY

MOST_MEGABYTES = 300
SECONDS = 10.0  # they take under one; other work may go on beside the tests
BOMBS = ("bomb.docx", "nested.docx", "laughing.docx", "flate.pdf", "full.zip", "header.png",
         "comment.png")  # fmt: skip
# In a process of its own, whose children are this bomb's and no other's.
SEND = """
import json, resource, sys, time
from pathlib import Path
from core.errors import UserError
from skills.decode.documents import read_document
from skills.decode.images import open_pictures
path, start = Path(sys.argv[1]), time.monotonic()
try:
    is_picture = path.suffix == ".png"
    said = open_pictures([path], short_side=240)[0] if is_picture else read_document(path)
except UserError as error:
    said = error
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
refused = isinstance(said, UserError)
print(json.dumps({"refused": refused, "megabytes": peak, "seconds": time.monotonic() - start}))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded and counted as on Linux")
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_before_it_goes_off(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(NASTY[name](tmp_path / "none"))

    done = subprocess.run(
        [sys.executable, "-c", SEND, str(tmp_path / name)], capture_output=True, check=True
    )
    found = json.loads(done.stdout)

    assert found["refused"]
    assert found["megabytes"] < MOST_MEGABYTES
    assert found["seconds"] < SECONDS
