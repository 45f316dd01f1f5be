"""The name of a JSON object: Slack's own shapes stay plain dicts here, as they do on the wire."""

from typing import Any

Json = dict[str, Any]
