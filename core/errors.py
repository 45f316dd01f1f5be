"""Every error of ours, named by who can act on it; the text tells that person the next step.

    ReadymadeError
    ├── UserError         the person who asked can act: the text is shown to them, never retried
    │   └── Cancelled     the person asked us to stop
    ├── TransientError    time can fix it: retried, then apologised for
    └── SetupError        the administrator can act: the program stops and prints the text

Anything else that is raised is a bug: logged with its job id, apologised for, not retried.
"""

from __future__ import annotations


class ReadymadeError(Exception):
    """The root; never raised itself."""


class UserError(ReadymadeError):
    """Raised when the input cannot be answered; one plain sentence that says what to do next."""


class Cancelled(UserError):
    """Raised inside a job whose person pressed Cancel."""


class TransientError(ReadymadeError):
    """Raised when Slack, Redis or the network failed in a way that passes by itself.

    `after` is in how many seconds it may be tried again, when Slack said so; else 0.
    """

    def __init__(self, text: str, *, after: float = 0.0) -> None:
        super().__init__(text)
        self.after = after


class SetupError(ReadymadeError):
    """Raised when the installation lacks something; the text names what and the help."""
