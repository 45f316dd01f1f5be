"""Views: each person's stack of open modals and their Home tab, as the app opened them."""

import time
from copy import deepcopy
from typing import Any

from local.ids import Ids
from local.installation import Installation
from local.journal import Journal
from local.refusal import Refusal
from local.shapes import Json

MAX_STACK = 3


class Views:
    """Opens, pushes, updates and closes; validation of the view was done before."""

    def __init__(
        self, *, ids: Ids, team_id: str, installation: Installation, journal: Journal
    ) -> None:
        self._ids = ids
        self._team_id = team_id
        self._installation = installation
        self._journal = journal
        self._views: dict[str, Json] = {}
        self._stacks: dict[str, list[str]] = {}
        self._homes: dict[str, str] = {}

    def open(self, user_id: str, view: Json) -> Json:
        """A fresh stack with this modal at its root."""
        self._check_external_id(view)
        self._stacks[user_id] = []
        return self._push(user_id, view)

    def push(self, user_id: str, view: Json) -> Json:
        """One more modal on top; at most three."""
        stack = self._stacks.get(user_id, [])
        if not stack:
            raise Refusal("not_found")
        if len(stack) >= MAX_STACK:
            raise Refusal("push_limit_reached")
        self._check_external_id(view)
        return self._push(user_id, view)

    def _push(self, user_id: str, view: Json) -> Json:
        stack = self._stacks.setdefault(user_id, [])
        made = self._make(user_id, view)
        made["previous_view_id"] = stack[-1] if stack else None
        made["root_view_id"] = stack[0] if stack else made["id"]
        stack.append(made["id"])
        self._journal.changed("view", view=made["id"], user=user_id)
        return made

    def update(
        self, view: Json, *, view_id: str = "", external_id: str = "", hash: str = ""
    ) -> Json:
        """Replace an open view's content; the state of inputs that stay is kept."""
        old = self._views.get(view_id) or self._by_external_id(external_id)
        if old is None:
            raise Refusal("not_found")
        if hash and hash != old["hash"]:
            raise Refusal("hash_conflict")
        new = self._make(old["_user_id"], view)
        for name in ("id", "previous_view_id", "root_view_id"):
            new[name] = old[name]
        values = old["state"]["values"]
        blocks = {block.get("block_id") for block in new["blocks"]}
        new["state"]["values"] = {key: v for key, v in values.items() if key in blocks}
        self._views[new["id"]] = new
        self._journal.changed("view", view=new["id"], user=new["_user_id"])
        return new

    def publish(self, user_id: str, view: Json, *, hash: str = "") -> Json:
        """The Home tab of one person."""
        old = self._views.get(self._homes.get(user_id, ""))
        if old is not None and hash and hash != old["hash"]:
            raise Refusal("hash_conflict")
        made = self._make(user_id, view)
        if old is not None:
            self._views.pop(made["id"])
            made["id"] = made["root_view_id"] = old["id"]
            self._views[old["id"]] = made
        self._homes[user_id] = made["id"]
        self._journal.changed("home", view=made["id"], user=user_id)
        return made

    def close(self, user_id: str, *, view_id: str = "") -> list[Json]:
        """Close one view, or the whole stack without a view_id; the closed ones, top first."""
        stack = self._stacks.get(user_id, [])
        leaving = [view_id] if view_id in stack else [] if view_id else list(reversed(stack))
        self._stacks[user_id] = [other for other in stack if other not in leaving]
        self._journal.changed("view_closed", user=user_id, views=leaving)
        return [self._views.pop(gone) for gone in leaving if gone in self._views]

    def stack(self, user_id: str) -> list[Json]:
        """The open modals of a person, root first."""
        return [self._views[view_id] for view_id in self._stacks.get(user_id, [])]

    def home(self, user_id: str) -> Json | None:
        """The Home tab as published, if it was."""
        return self._views.get(self._homes.get(user_id, ""))

    def get(self, view_id: str) -> Json:
        """An open view."""
        view = self._views.get(view_id)
        if view is None:
            raise Refusal("view_not_found")
        return view

    def _make(self, user_id: str, view: Json) -> Json:
        content = deepcopy(view)
        for block in content.get("blocks", []):
            block.setdefault("block_id", self._ids.secret(5))
        made: dict[str, Any] = {
            "id": self._ids.new("V"),
            "team_id": self._team_id,
            "private_metadata": "",
            "callback_id": "",
            "external_id": "",
            "clear_on_close": False,
            "notify_on_close": False,
            "close": None,
            "submit": None,
            **content,
            "state": {"values": {}},
            "previous_view_id": None,
            "hash": f"{int(time.time())}.{self._ids.secret(8)}",
            "app_id": self._installation.app_id,
            "bot_id": self._installation.bot_id,
            "app_installed_team_id": self._team_id,
            "_user_id": user_id,
        }
        made["root_view_id"] = made["id"]
        self._views[made["id"]] = made
        return made

    def _by_external_id(self, external_id: str) -> Json | None:
        if not external_id:
            return None
        return next((v for v in self._views.values() if v["external_id"] == external_id), None)

    def _check_external_id(self, view: Json) -> None:
        if self._by_external_id(str(view.get("external_id") or "")) is not None:
            raise Refusal("duplicate_external_id")


def shown(view: Json) -> Json:
    """A view as Slack shows it to the app, without what only this file needs."""
    return {name: value for name, value in view.items() if not name.startswith("_")}
