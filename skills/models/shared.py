"""Models that several skills use: loaded once a process, gone when the last skill drops them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar
from weakref import WeakValueDictionary

Model = TypeVar("Model")
_LOADED: WeakValueDictionary[tuple[object, ...], Any] = WeakValueDictionary()
_LOADING: dict[tuple[object, ...], threading.Lock] = {}  # one a model: a small one need not wait


def shared(load: Callable[..., Model], *arguments: object) -> Model:
    """What `load(*arguments)` returned last, as long as somebody has it; else loaded now.

    The arguments say all that makes a difference, and can be compared.
    """
    key = (load.__module__, load.__qualname__, *arguments)
    with _LOADING.setdefault(key, threading.Lock()):
        model: Model | None = _LOADED.get(key)
        if model is None:
            model = _LOADED[key] = load(*arguments)
        return model
