"""Uploads: the two doors of a file's bytes, in by upload URL and out by private URL."""

from aiohttp import web
from multidict import MultiDict

from local.files import Files, StoredFile
from local.ids import Ids
from local.installation import Installation
from local.workspace import Workspace

_SIGN_IN_PAGE = (
    '<!DOCTYPE html><html lang="en-US"><head><title>Sign in | Slack</title></head>'
    "<body><h1>Sign in to your workspace</h1></body></html>"
)


class Uploads:
    """Takes bytes on single-use URLs and gives them to who may read them."""

    def __init__(
        self, *, ids: Ids, files: Files, installation: Installation, workspace: Workspace
    ) -> None:
        self._ids = ids
        self._files = files
        self._installation = installation
        self._workspace = workspace
        self._expected: dict[str, tuple[StoredFile, int]] = {}

    def expect(self, stored: StoredFile, length: int) -> str:
        """The secret part of an upload URL."""
        secret = self._ids.secret(40)
        self._expected[secret] = (stored, length)
        return secret

    async def receive(self, request: web.Request) -> web.Response:
        """The bytes of one announced file, raw or as a form."""
        stored, length = self._expected.pop(request.match_info["secret"], (None, 0))
        if stored is None:
            return web.Response(status=404, text="upload url not found")
        data = await self._bytes(request)
        if len(data) != length:
            return web.Response(status=400, text="wrong length")
        self._files.write(stored, data)
        return web.Response(text=f"OK - {len(data)}")

    @staticmethod
    async def _bytes(request: web.Request) -> bytes:
        if not request.content_type.startswith("multipart/"):
            return await request.read()
        for value in (await request.post()).values():
            if isinstance(value, web.FileField):
                return value.file.read()
        return b""

    async def download(self, request: web.Request) -> web.StreamResponse:
        """url_private: the bytes with a good token, otherwise the sign-in page with status 200."""
        file_id = request.match_info["file"].partition("-")[2]
        stored = self._files.find(file_id)
        if not self._may_read(request, stored):
            return web.Response(text=_SIGN_IN_PAGE, content_type="text/html")
        if stored is None or stored.deleted or stored.path is None:
            return web.Response(status=404, text="file_deleted")
        return respond(stored, download="download" in request.path)

    def _may_read(self, request: web.Request, stored: StoredFile | None) -> bool:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
        if token != self._installation.bot_token:
            return False
        if "files:read" not in self._installation.manifest.scopes or stored is None:
            return False
        if stored.about["user"] == self._workspace.bot.id:
            return True
        places = (self._workspace.channels[channel_id] for channel_id in stored.shared_in)
        return any(self._workspace.is_bot_in(channel) for channel in places)


def respond(stored: StoredFile, *, download: bool) -> web.StreamResponse:
    """The bytes of a file; never executable in the browser's eyes."""
    assert stored.path is not None
    headers = MultiDict(
        {
            "Content-Type": stored.about["mimetype"],
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
        }
    )
    if download:
        headers["Content-Disposition"] = "attachment"
    return web.FileResponse(stored.path, headers=headers)
