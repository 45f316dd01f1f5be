"""A hub model as a local folder: fetched once, only the kinds of file that cannot run code.

Asking the hub once for the whole folder fails within a second when it is out of reach; letting each
`from_pretrained` ask for each of its files takes a minute and a half of retries.
"""

from __future__ import annotations

from pathlib import Path

from core.errors import SetupError
from skills.models.lock import Choice

SAFE_FILES = ["*.json", "*.safetensors", "*.txt", "*.model"]


def fetch_snapshot(choice: Choice) -> Path:
    """The folder with the model's files; a hub id is downloaded, or found in the cache.

    Raises SetupError when the model does not exist or the hub is out of reach.
    """
    if choice.folder is not None:
        return choice.folder
    from huggingface_hub import snapshot_download

    try:
        return Path(
            snapshot_download(
                choice.source, revision=choice.revision or None, allow_patterns=SAFE_FILES
            )
        )
    except Exception as error:  # the hub library raises a dozen kinds; each is named
        raise SetupError(
            f"The model {choice.source} could not be fetched ({type(error).__name__}): check its "
            "name in MODELS and the network, or set MODELS=bundled."
        ) from error
