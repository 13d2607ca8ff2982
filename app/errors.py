"""Errors that every room may raise; only `ui/messages.py` turns them into sentences.

An error carries a short code and values, never a sentence, so that the same refusal can be said in
Vietnamese or English, on a screen, on the command line or in a log without personal data.
"""

from __future__ import annotations


class KnownError(Exception):
    """Something foreseen went wrong; `code` names it, `values` fill its sentence.

    Codes are lower-case words joined by underscores (`lease_exhausted`). Values hold no personal data.
    """

    def __init__(self, code: str, /, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values: dict[str, object] = values

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.values.items())
        return f"{self.code}({shown})" if shown else self.code


class Refusal(KnownError):
    """What the person asked cannot be done as asked; another input or choice will do."""


class EnvironmentFault(KnownError):
    """The machine, disk, printer or line stands in the way; nothing the person typed is wrong."""
