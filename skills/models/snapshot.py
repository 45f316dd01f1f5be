"""A hub model as a local folder: fetched once, only the kinds of file that cannot run code.

Asking the hub once for the whole folder fails within a second when it is out of reach; letting each
`from_pretrained` ask for each of its files takes a minute and a half of retries.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from core.errors import SetupError
from skills.models.lock import Choice

SAFE_FILES = ("*.json", "*.safetensors", "*.txt", "*.model")


def fetch_snapshot(choice: Choice, *, files: Sequence[str] = SAFE_FILES) -> Path:
    """The folder with the model's files; a hub id is downloaded, or found in the cache.

    Who names other `files` sees to it that they run no code. Raises SetupError when the model does
    not exist, is given to others only, or the hub is out of reach.
    """
    if choice.folder is not None:
        return choice.folder
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import GatedRepoError

    try:
        return Path(
            snapshot_download(
                choice.source, revision=choice.revision or None, allow_patterns=list(files)
            )
        )
    except GatedRepoError as error:
        raise SetupError(
            f"The model {choice.source} is given to those who accept its conditions: do so at "
            f"https://huggingface.co/{choice.source}, make a token at "
            "https://huggingface.co/settings/tokens, and set HF_TOKEN to it where the worker runs."
        ) from error
    except Exception as error:  # the hub library raises a dozen kinds; each is named
        raise SetupError(
            f"The model {choice.source} could not be fetched ({type(error).__name__}): check its "
            "name in MODELS and the network, or set MODELS=bundled."
        ) from error
