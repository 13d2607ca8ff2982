from __future__ import annotations

import socket
import sys

import pytest

from sync import line_sockets
from sync.client import GatewayClient
from sync.line_sockets import LineAdapter, line_options


@pytest.fixture(autouse=True)
def asked_anew() -> None:
    line_options.cache_clear()


def test_every_connection_is_watched_and_sends_at_once() -> None:
    options = line_options()
    assert (socket.IPPROTO_TCP, socket.TCP_NODELAY, 1) in options
    assert (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1) in options


def test_a_connection_can_be_made_with_all_that_was_granted() -> None:
    with socket.socket() as line:
        for option in line_options():
            line.setsockopt(*option)


def test_a_wish_that_the_system_refuses_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    foolish = (sys.platform, (socket.IPPROTO_TCP, getattr(socket, "TCP_CONGESTION", 13), b"no such thing"))
    monkeypatch.setattr(line_sockets, "_WISHES", (foolish,))
    assert foolish[1] not in line_options() and len(line_options()) == 2


def test_a_wish_for_another_system_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_sockets, "_WISHES", (("another system", (socket.SOL_SOCKET, socket.SO_LINGER, 1)),))
    assert len(line_options()) == 2


def test_both_kinds_of_address_get_them() -> None:
    with GatewayClient("http://127.0.0.1:1") as client:
        for scheme in ("http", "https"):
            adapter = client._session.get_adapter(f"{scheme}://gateway.example/v1/hello")
            assert isinstance(adapter, LineAdapter)
            assert adapter.poolmanager.connection_pool_kw["socket_options"] == line_options()
