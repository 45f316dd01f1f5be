"""The server: one aiohttp application with the Web API, sockets, files, control API and page."""

from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

from local.control.routes import routes
from local.slack import Slack
from local.web_api.dispatch import WebApi

MAX_BODY = 1024**3
PAGE = Path(__file__).parent / "page"
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "::1")
SLACK = web.AppKey("slack", Slack)


def create_app(slack: Slack) -> web.Application:
    """The application for one workspace; the caller decides where it listens."""
    app = web.Application(client_max_size=MAX_BODY, middlewares=[only_from_here])
    app[SLACK] = slack
    app.add_routes(
        [
            web.route("*", "/api/{method}", WebApi(slack).handle),
            web.get("/link/", slack.sockets.serve),
            web.post(
                "/{kind:commands|actions|app}/{team}/{number}/{secret}", slack.response_urls.handle
            ),
            web.post("/upload/v1/{secret}", slack.uploads.receive),
            web.get("/files-pri/{file}/{name}", slack.uploads.download),
            web.get("/files-pri/{file}/download/{name}", slack.uploads.download),
            web.get("/archives/{channel}/{ts}", _permalink),
            web.get("/", _page),
            web.static("/page", PAGE),
            *routes(slack),
        ]
    )
    # At shutdown, not at cleanup: open streams would else hold the server until its timeout.
    app.on_shutdown.append(_close)
    return app


async def _close(app: web.Application) -> None:
    await app[SLACK].close()


@web.middleware
async def only_from_here(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse other sites: a page opened in the same browser must not act for people here."""
    host = urlsplit(f"//{request.host}").hostname or ""
    origin = request.headers.get("Origin")
    if host not in _LOOPBACK or (origin and urlsplit(origin).netloc != request.host):
        raise web.HTTPForbidden(text="this workspace answers only its own page")
    return await handler(request)


async def _page(request: web.Request) -> web.FileResponse:
    headers = {
        "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
        "img-src 'self' data: http: https:; media-src 'self'; connect-src 'self'; "
        "frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
        "Cache-Control": "no-cache",
    }
    return web.FileResponse(PAGE / "index.html", headers=headers)


async def _permalink(request: web.Request) -> web.Response:
    """A permalink opens the page at its message."""
    digits = request.match_info["ts"].removeprefix("p")
    ts = request.query.get("thread_ts") or f"{digits[:-6]}.{digits[-6:]}"
    raise web.HTTPFound(f"/?channel={request.match_info['channel']}&thread={ts}")
