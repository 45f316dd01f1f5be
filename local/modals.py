"""Modals: a person fills in, submits or closes a view; the app's answer decides what follows."""

from typing import Any

from local.delivery import Delivery
from local.files import Files, in_message
from local.interactivity import Interactivity
from local.limits.views import check_view
from local.refusal import Refusal
from local.shapes import Json
from local.views import Views, shown
from local.workspace import User, Workspace


class Modals:
    """The person's side of views."""

    def __init__(
        self,
        *,
        views: Views,
        files: Files,
        delivery: Delivery,
        interactivity: Interactivity,
        workspace: Workspace,
    ) -> None:
        self._views = views
        self._files = files
        self._delivery = delivery
        self._interactivity = interactivity
        self._workspace = workspace

    async def submit(self, user: User, view_id: str, values: Json) -> Json:
        """Submit a view; required inputs are checked as Slack's client does."""
        view = self._own(user, view_id)
        missing = self._fill(view, values)
        if missing:
            return {"ok": False, "error": "required_inputs_missing", "errors": missing}
        payload = {
            **self._interactivity.base("view_submission", user),
            "view": shown(view),
            "response_urls": [],
        }
        ack = await self._delivery.ask("interactive", payload)
        outcome = self._interactivity.outcome(ack, user, None, what="This form")
        if ack.ok:
            outcome |= self._follow(user, view_id, ack.payload or {})
        return outcome

    def _own(self, user: User, view_id: str) -> Json:
        view = self._views.get(view_id)
        if view["_user_id"] != user.id:
            raise Refusal("view_not_found")
        return view

    def _follow(self, user: User, view_id: str, answer: Json) -> Json:
        action = answer.get("response_action")
        try:
            if action == "errors":
                return {"ok": False, "error": "view_errors", "errors": answer.get("errors", {})}
            if action == "clear":
                self._views.close(user.id)
            elif action == "update":
                self._views.update(check_view(answer.get("view")), view_id=view_id)
            elif action == "push":
                self._views.push(user.id, check_view(answer.get("view")))
            else:
                self._views.close(user.id, view_id=view_id)
        except Refusal as refusal:
            return refusal.as_json()
        return {"views": [shown(view) for view in self._views.stack(user.id)]}

    async def close(self, user: User, view_id: str) -> Json:
        """Close a view with its X; the app hears of it only if it asked to."""
        view = self._own(user, view_id)
        everything = bool(view["clear_on_close"])
        closed = self._views.close(user.id, view_id="" if everything else view_id)
        for gone in closed:
            if gone["notify_on_close"]:
                payload = self._interactivity.base("view_closed", user)
                payload.pop("trigger_id")
                payload |= {"view": shown(gone), "is_cleared": everything, "response_urls": []}
                await self._delivery.ask("interactive", payload)
        return {"ok": True, "closed": [gone["id"] for gone in closed]}

    async def click(self, user: User, view_id: str, action: Json) -> Json:
        """A button or menu inside a view or the Home tab."""
        view = self._own(user, view_id)
        payload = {
            **self._interactivity.base("block_actions", user),
            "view": shown(view),
            "container": {"type": "view", "view_id": view_id},
            "actions": [{**action, "action_ts": self._workspace.ids.timestamp()}],
        }
        ack = await self._delivery.ask("interactive", payload)
        return self._interactivity.outcome(ack, user, None, what="This button")

    def _fill(self, view: Json, values: Json) -> Json:
        """Put the person's values into the view's state; the missing required ones."""
        missing: Json = {}
        state: Json = {}
        for block in view["blocks"]:
            if block["type"] != "input":
                continue
            element = block["element"]
            action_id = element.setdefault("action_id", self._workspace.ids.secret(5))
            given = values.get(block["block_id"], values.get(action_id))
            if isinstance(given, dict) and action_id in given:
                given = given[action_id]
            if given is None:
                given = _initial(element)
            if given in (None, "", []) and not block.get("optional"):
                missing[block["block_id"]] = "Please complete this required field."
            state.setdefault(block["block_id"], {})[action_id] = self._value(element, given)
        view["state"] = {"values": state}
        return missing

    def _value(self, element: Json, given: Any) -> Json:
        type = element["type"]
        if type in ("static_select", "radio_buttons"):
            return {"type": type, "selected_option": _option(element, given)}
        if type in ("multi_static_select", "checkboxes"):
            chosen = [_option(element, value) for value in given or []]
            return {"type": type, "selected_options": chosen}
        if type == "file_input":
            files = [in_message(self._files.get(file_id)) for file_id in given or []]
            return {"type": type, "files": files}
        return {"type": type, _VALUE_FIELDS.get(type, "value"): None if given == "" else given}


_VALUE_FIELDS = {
    "users_select": "selected_user",
    "channels_select": "selected_channel",
    "conversations_select": "selected_conversation",
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "datepicker": "selected_date",
    "multi_channels_select": "selected_channels",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "external_select": "selected_option",
}


def _initial(element: Json) -> Any:
    if "initial_option" in element:
        return element["initial_option"]["value"]
    if "initial_options" in element:
        return [option["value"] for option in element["initial_options"]]
    starts = (value for name, value in element.items() if name.startswith("initial_"))
    return next(starts, None)


def _option(element: Json, value: Any) -> Json | None:
    groups = element.get("option_groups") or [element]
    options = (option for group in groups for option in group.get("options", []))
    return next((option for option in options if option["value"] == value), None)
