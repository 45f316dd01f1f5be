"""What a document says, to be compared with what it should say."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import UserError
from skills.decode.document import Document
from skills.decode.documents import read_document


def texts(document: Document) -> list[str]:
    return [each.text for each in document.passages]


def places(document: Document) -> dict[str, str]:
    return {each.text: each.source for each in document.passages}


def refusal(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        read_document(path)
    return str(caught.value)
