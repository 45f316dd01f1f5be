"""The installation: the one app of this workspace with its tokens, secrets and manifest."""

from dataclasses import dataclass, field

from local.ids import Ids
from local.manifest import Manifest
from local.refusal import Refusal
from local.shapes import Json

# Fixed and documented: they open nothing but this workspace, which listens on loopback only.
DEFAULT_BOT_TOKEN = "xoxb-local-bot-token"  # noqa: S105 (documented default)
DEFAULT_APP_TOKEN = "xapp-local-app-token"  # noqa: S105 (documented default)
DEFAULT_SIGNING_SECRET = "local-signing-secret"  # noqa: S105 (documented default)


@dataclass(kw_only=True)
class Installation:
    """What Slack knows about the installed app."""

    manifest: Manifest = field(default_factory=Manifest)
    bot_token: str = DEFAULT_BOT_TOKEN
    app_token: str = DEFAULT_APP_TOKEN
    signing_secret: str = DEFAULT_SIGNING_SECRET
    events_url: str = ""
    app_id: str = Ids.fixed("A", "app")
    bot_id: str = Ids.fixed("B", "bot")
    verification_token: str = "local-verification-token"  # noqa: S105 (not a secret)

    @property
    def socket_mode(self) -> bool:
        """An --events-url wins over the manifest, so that one manifest serves both modes."""
        return not self.events_url and self.manifest.socket_mode

    def request_url(self, kind: str, command: str = "") -> str:
        """Where HTTP mode delivers."""
        return self.events_url or self.manifest.request_url(kind, command)

    def check_token(self, token: str, *, wants: str) -> None:
        """Refuse a token that is absent, unknown or of the wrong type."""
        if not token:
            raise Refusal("not_authed")
        if token not in (self.bot_token, self.app_token):
            raise Refusal("invalid_auth")
        if token != (self.app_token if wants == "app" else self.bot_token):
            raise Refusal("not_allowed_token_type")

    def check_scope(self, *any_of: str) -> None:
        """Refuse when none of these scopes is granted, naming them as Slack does."""
        granted = self.manifest.scopes
        if any_of and not set(any_of) & set(granted):
            needed = any_of[0] if len(any_of) == 1 else ",".join(any_of)
            raise Refusal("missing_scope", needed=needed, provided=",".join(granted))

    def bot_profile(self, team_id: str) -> Json:
        """The profile that Slack attaches to the app's messages."""
        return {
            "id": self.bot_id,
            "app_id": self.app_id,
            "name": self.manifest.bot_name,
            "icons": {},
            "deleted": False,
            "updated": 1700000000,
            "team_id": team_id,
        }
