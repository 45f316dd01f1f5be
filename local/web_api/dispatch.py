"""Dispatch: from an HTTP request to a method and back, with authentication, faults and the log."""

import json
import time
from typing import Any

from aiohttp import web

from local.refusal import Refusal
from local.shapes import Json
from local.slack import Slack
from local.web_api.call import Call, Method
from local.web_api.methods import METHODS
from local.web_api.rate_limit import RateLimit, RateLimited

_IGNORE_JSON = ("files.getUploadURLExternal", "files.info", "users.info")


class WebApi:
    """`/api/METHOD` for the installed app."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack
        self._rate_limit = RateLimit(slack.faults)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One call, answered the way Slack answers it, planned faults included."""
        name = request.match_info["method"]
        start = time.monotonic()
        plan = self._slack.faults.take_failure(name) or {}
        await self._slack.faults.wait()
        if plan.get("reset") == "before":
            return self._reset(request, name, start)
        if "error" in plan or "status" in plan:
            return self._fail(plan, name, start)
        body = await self._answer(request, name)
        if plan.get("reset"):
            self._log(name, body, start, reset=True)
            if plan["reset"] == "body":
                return await self._cut(request, body)
            return self._reset(request, name, None)
        self._log(name, body, start)
        return self._respond(body)

    async def _answer(self, request: web.Request, name: str) -> Json:
        try:
            arguments, token = await self._read(request, name)
            method = METHODS.get(name)
            if method is None:
                raise Refusal("unknown_method", req_method=name)
            self._authorize(method, token)
            call = Call(slack=self._slack, method=name, arguments=arguments)
            self._rate_limit.check(call)
            return {"ok": True, **await method.handler(call)}
        except Refusal as refusal:
            return refusal.as_json()

    async def _read(self, request: web.Request, name: str) -> tuple[dict[str, Any], str]:
        arguments: dict[str, Any] = dict(request.query)
        if request.method == "POST":
            arguments |= await self._read_body(request, name)
        token = str(arguments.pop("token", "") or "")
        header = request.headers.get("Authorization", "")
        if header.lower().startswith("bearer "):
            token = header[7:].strip()
        return arguments, token

    @staticmethod
    async def _read_body(request: web.Request, name: str) -> dict[str, Any]:
        if request.content_type != "application/json":
            return dict(await request.post())
        try:
            value = json.loads(await request.text() or "{}")
        except ValueError:
            raise Refusal("invalid_json") from None
        if not isinstance(value, dict):
            raise Refusal("json_not_object")
        # Slack reads only forms here; JSON bodies are a frequent mistake that it does not name.
        return {} if name in _IGNORE_JSON else value

    def _authorize(self, method: Method, token: str) -> None:
        installation = self._slack.installation
        if method.access == "none":
            return
        installation.check_token(token, wants=method.access)
        if method.access == "bot":
            installation.check_scope(*method.scopes)

    def _respond(self, body: Json) -> web.Response:
        headers = {"x-slack-req-id": self._slack.ids.secret(32).lower()}
        headers["x-oauth-scopes"] = ",".join(self._slack.installation.manifest.scopes)
        if body.get("error") == "ratelimited":
            headers["Retry-After"] = str(body.pop("retry_after", 1))
            return web.json_response(body, status=429, headers=headers)
        return web.json_response(body, headers=headers)

    def _fail(self, plan: Json, name: str, start: float) -> web.Response:
        status = int(plan.get("status", 200))
        error = str(plan.get("error") or ("ratelimited" if status == 429 else f"http_{status}"))
        body = {"ok": False, "error": error}
        self._log(name, body, start, planned=True)
        if "text" in plan:
            return web.Response(status=status, text=str(plan["text"]), content_type="text/html")
        if status == 429:
            return self._respond(RateLimited(int(plan.get("retry_after", 1))).as_json())
        if status != 200:
            return web.Response(status=status, text="planned failure")
        return self._respond(body)

    def _reset(self, request: web.Request, name: str, start: float | None) -> web.Response:
        """Break the connection, so that the caller cannot know whether the call counted."""
        if start is not None:
            self._log(name, {"ok": False, "error": "reset"}, start, reset=True)
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    @staticmethod
    async def _cut(request: web.Request, body: Json) -> web.StreamResponse:
        """Break the connection in the middle of the answer."""
        whole = json.dumps(body).encode()
        response = web.StreamResponse(headers={"Content-Type": "application/json"})
        response.content_length = len(whole)
        await response.prepare(request)
        await response.write(whole[: len(whole) // 2])
        if request.transport is not None:
            request.transport.close()
        return response

    def _log(self, name: str, body: Json, start: float, **more: Any) -> None:
        place = {key: body[key] for key in ("channel", "ts") if isinstance(body.get(key), str)}
        self._slack.journal.called(
            name,
            ok=bool(body.get("ok")),
            error=str(body.get("error") or ""),
            seconds=time.monotonic() - start,
            **place,
            **more,
        )
