"""What a contact can come to, sorted by who must act: time, the next hello, or a person (sync.md, "Errors")."""

from __future__ import annotations

from app.errors import EnvironmentFault, KnownError


class TryLater(EnvironmentFault):
    """The line or the province is away; the same request again may do. `after`: seconds it asked us to wait."""

    def __init__(self, code: str, /, after: float | None = None, **values: object) -> None:
        super().__init__(code, **values)
        self.after = after


class HelloAgain(KnownError):
    """The province is not where we thought it was; the next hello tells."""


class CallPerson(KnownError):
    """Sending stops until a person has looked: fork, older disk, revoked device. Capture goes on."""


class ItemRefused(KnownError):
    """The request itself is not acceptable; it is set aside, visible, and the rest goes on."""
