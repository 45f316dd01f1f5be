"""Elements: the limits of buttons, menus, inputs and the other parts inside blocks."""

from collections.abc import Callable
from typing import Any

from local.limits.complaints import Complaints
from local.shapes import Json

Check = Callable[[Complaints, Json, str], None]

_MRKDWN = ("plain_text", "mrkdwn")


def _button(complaints: Complaints, element: Json, at: str) -> None:
    complaints.text(element, "text", at, 75)
    complaints.string(element, "value", at, 2000)
    complaints.string(element, "accessibility_label", at, 75)
    complaints.web_url(element, "url", at)
    complaints.one_of(element, "style", at, ("primary", "danger"))
    _confirm(complaints, element, at)


def _confirm(complaints: Complaints, element: Json, at: str) -> None:
    confirm = element.get("confirm")
    if confirm is None:
        return
    if not isinstance(confirm, dict):
        complaints.add("must be a confirmation dialog", f"{at}/confirm")
        return
    complaints.text(confirm, "title", f"{at}/confirm", 100)
    complaints.text(confirm, "text", f"{at}/confirm", 300, kinds=_MRKDWN)
    complaints.text(confirm, "confirm", f"{at}/confirm", 30)
    complaints.text(confirm, "deny", f"{at}/confirm", 30)


def _options(most: int, *, least: int = 1, groups: bool = False) -> Check:
    def check(complaints: Complaints, element: Json, at: str) -> None:
        complaints.text(element, "placeholder", at, 150, required=False)
        _confirm(complaints, element, at)
        if groups and element.get("option_groups") is not None:
            for index, group in enumerate(complaints.items(element, "option_groups", at, most=100)):
                where = f"{at}/option_groups/{index}"
                if not isinstance(group, dict):
                    complaints.add("must be an option group", where)
                    continue
                complaints.text(group, "label", where, 75)
                _check_options(complaints, group, where, most=most, least=least)
            return
        _check_options(complaints, element, at, most=most, least=least)

    return check


def _check_options(complaints: Complaints, holder: Json, at: str, *, most: int, least: int) -> None:
    for index, option in enumerate(complaints.items(holder, "options", at, most=most, least=least)):
        where = f"{at}/options/{index}"
        if not isinstance(option, dict):
            complaints.add("must be an option object", where)
            continue
        complaints.text(option, "text", where, 75, kinds=_MRKDWN)
        complaints.string(option, "value", where, 150, required=True)
        complaints.text(option, "description", where, 75, required=False, kinds=_MRKDWN)
    known, chosen = holder.get("options"), holder.get("initial_option")
    if chosen is not None and isinstance(known, list) and chosen not in known:
        complaints.add("must be one of the options", f"{at}/initial_option")


def _picker(complaints: Complaints, element: Json, at: str) -> None:
    complaints.text(element, "placeholder", at, 150, required=False)
    _confirm(complaints, element, at)


def _text_input(complaints: Complaints, element: Json, at: str) -> None:
    complaints.text(element, "placeholder", at, 150, required=False)
    complaints.string(element, "initial_value", at, 3000)
    most = element.get("max_length")
    if most is not None and not (isinstance(most, int) and 1 <= most <= 3000):
        complaints.add("must be between 1 and 3000", f"{at}/max_length")


def _number_input(complaints: Complaints, element: Json, at: str) -> None:
    complaints.text(element, "placeholder", at, 150, required=False)
    if not isinstance(element.get("is_decimal_allowed"), bool):
        complaints.add("missing required field: is_decimal_allowed", at)


def _file_input(complaints: Complaints, element: Json, at: str) -> None:
    most = element.get("max_files", 10)
    if not (isinstance(most, int) and 1 <= most <= 10):
        complaints.add("must be between 1 and 10", f"{at}/max_files")


def image(complaints: Complaints, element: Json, at: str) -> None:
    """An image, as a block or an element: one source and a text for who cannot see it."""
    complaints.string(element, "alt_text", at, 2000, required=True)
    complaints.web_url(element, "image_url", at)
    sources = [name for name in ("image_url", "slack_file") if element.get(name)]
    if len(sources) != 1:
        complaints.add("must provide either image_url or slack_file", at)


def _feedback(complaints: Complaints, element: Json, at: str) -> None:
    for name in ("positive_button", "negative_button"):
        button = element.get(name)
        if not isinstance(button, dict):
            complaints.add(f"missing required field: {name}", at)
            continue
        complaints.text(button, "text", f"{at}/{name}", 75)
        complaints.string(button, "value", f"{at}/{name}", 2000, required=True)


def _icon_button(complaints: Complaints, element: Json, at: str) -> None:
    complaints.text(element, "text", at, 75)
    complaints.one_of(element, "icon", at, ("trash",))
    complaints.string(element, "value", at, 2000)


MENUS: dict[str, Check] = {
    "static_select": _options(100, groups=True),
    "multi_static_select": _options(100, groups=True),
    "overflow": _options(5),
    "checkboxes": _options(10),
    "radio_buttons": _options(10),
    **{
        f"{multi}{kind}_select": _picker
        for multi in ("", "multi_")
        for kind in ("external", "users", "conversations", "channels")
    },
    "datepicker": _picker,
    "timepicker": _picker,
    "datetimepicker": _picker,
}
INPUTS: dict[str, Check] = {
    **{name: check for name, check in MENUS.items() if name != "overflow"},
    "plain_text_input": _text_input,
    "number_input": _number_input,
    "file_input": _file_input,
    "email_text_input": _picker,
    "url_text_input": _picker,
    "rich_text_input": _picker,
}
ACTIONS: dict[str, Check] = {"button": _button, **MENUS}
ACCESSORIES: dict[str, Check] = {**ACTIONS, "image": image}
CONTEXT_ACTIONS: dict[str, Check] = {"feedback_buttons": _feedback, "icon_button": _icon_button}


def check_element(complaints: Complaints, element: Any, at: str, allowed: dict[str, Check]) -> None:
    """One element, which must be of an allowed type."""
    if not isinstance(element, dict):
        complaints.add("must be an object", at)
        return
    check = allowed.get(str(element.get("type")))
    if check is None:
        complaints.add(f"unsupported type: {element.get('type')}", f"{at}/type")
        return
    complaints.string(element, "action_id", at, 255, minimum=1)
    check(complaints, element, at)
