"""A counter that signs, as our client does, and requests whose bytes a test may send again or bend."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import requests

from sync.signing import ProvinceTime, SignedBearer, Signer
from tests.sync.gateway.counterpart import FakeCounter, Line


@dataclass
class SignedLine:
    """A way to the gateway on which every request is signed."""

    line: Line
    auth: SignedBearer

    def request(self, method: str, url: str, **more: Any) -> Any:
        return self.line.request(method, url, auth=self.auth, **more)


def signer(counter: FakeCounter, now: Callable[[], datetime], *, epoch: int | None = None) -> Signer:
    """Keeps the gateway's time, whatever a test makes of it, until it is told otherwise."""
    time = ProvinceTime(now(), lambda: 0.0)
    return Signer(counter.device, counter.epoch if epoch is None else epoch, counter.key, _Follows(time, now))


def signs(counter: FakeCounter, now: Callable[[], datetime]) -> FakeCounter:
    """From now on this counter signs."""
    counter.line = SignedLine(counter.line, SignedBearer(counter.token, signer(counter, now)))
    return counter


def prepared(url: str, auth: SignedBearer, method: str, path: str, **more: Any) -> requests.PreparedRequest:
    """A signed request, ready to be sent as it is: nobody signs it again when its time is refused."""
    request = requests.Request(method, url + path, auth=auth, **more).prepare()
    request.hooks["response"].clear()
    return request


def sent(request: requests.PreparedRequest) -> requests.Response:
    with requests.Session() as session:
        session.trust_env = False
        return session.send(request, timeout=60)


class _Follows(ProvinceTime):
    """The gateway's own clock, for tests that move it."""

    def __init__(self, plain: ProvinceTime, now: Callable[[], datetime]) -> None:
        super().__init__(plain.now(), lambda: 0.0)
        self._told = now

    def now(self) -> datetime:
        return self._told()


def later(now: Callable[[], datetime], seconds: float) -> Callable[[], datetime]:
    return lambda: now() + timedelta(seconds=seconds)
