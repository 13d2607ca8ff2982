"""How a rule of the gateway says no; `app.py` turns it into the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sync.contract.problems import Problem


class ProblemRaised(Exception):
    """Carries the answer; `retry_after` in seconds where trying again will help."""

    def __init__(
        self, code: str, status: int, *, retry_after: int | None = None, headers: Mapping[str, str] | None = None,
        **values: Any,
    ) -> None:
        super().__init__(code)
        self.problem = Problem(code, status, values)
        self.retry_after = retry_after
        self._headers = headers or {}

    @property
    def headers(self) -> Mapping[str, str]:
        wait = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        return {**self._headers, **wait}
