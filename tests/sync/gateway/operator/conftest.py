"""The operator's page beside a gateway on one database, asked like a browser asks: cookies, forms, no script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
import requests

from sync.gateway.operator.app import create_operator_app
from sync.gateway.operator.people import mint_operator
from tests.sync.gateway.conftest import InProcess, database_url, gateway, postgres, served

__all__ = ["database_url", "gateway", "postgres"]

NAME = "Người Điều Hành Thử"


class _Reader(HTMLParser):
    """The forms of a page, and its words."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((said["action"], {}))
        elif tag == "input" and self.forms:
            self.forms[-1][1][said["name"]] = said.get("value", "")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@dataclass
class Seen:
    """A page as it came."""

    answer: requests.Response
    forms: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    text: str = ""

    def form(self, action: str) -> dict[str, str]:
        """The hidden and empty fields of the first form that goes to `action`."""
        return dict(next(fields for where, fields in self.forms if where == action))


@dataclass
class Visitor:
    """A browser without a script."""

    url: str
    session: requests.Session

    def see(self, path: str) -> Seen:
        return _read(self.session.get(self.url + path, timeout=30))

    def send(self, path: str, fields: dict[str, str], **headers: str) -> Seen:
        return _read(self.session.post(self.url + path, data=fields, headers=headers, timeout=30))

    def enter(self, token: str) -> Seen:
        return self.send("/enter", {"token": token})


def _read(answer: requests.Response) -> Seen:
    reader = _Reader()
    reader.feed(answer.text)
    return Seen(answer, reader.forms, re.sub(r"\s+", " ", " ".join(reader.words)))


@pytest.fixture
def token(gateway: InProcess) -> str:
    with gateway.opened.database.writing() as connection:
        return mint_operator(connection, NAME, gateway.now, lambda count: bytes(range(count)))


@pytest.fixture
def page_url(gateway: InProcess) -> Iterator[str]:
    app = create_operator_app(gateway.opened.database, clock=lambda: gateway.now, is_secure=False)
    with served(app) as url:
        yield url


@pytest.fixture
def stranger(page_url: str) -> Iterator[Visitor]:
    """Somebody who has not shown a token."""
    with requests.Session() as session:
        session.trust_env = False
        yield Visitor(page_url, session)


@pytest.fixture
def operator(stranger: Visitor, token: str) -> Visitor:
    """Somebody who is in."""
    stranger.enter(token)
    return stranger
