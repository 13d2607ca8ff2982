from __future__ import annotations

import asyncio
import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from sync import line_sockets
from sync.client import GatewayClient
from sync.errors import TryLater
from sync.line_sockets import LineAdapter, line_options
from tests.relay import Serve, relay


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


def test_the_time_limit_is_for_each_piece_and_not_for_the_body(monkeypatch: pytest.MonkeyPatch) -> None:
    """A province that reads slower than the body could be sent within the limit gets all of it."""
    body, limit = b"x" * 600_000, 0.5
    monkeypatch.setattr("sync.client.CONNECT_SECONDS", limit)
    got: list[int] = []
    with relay(slow_reader(got, len(body), seconds=4 * limit), "slow-reader") as port, \
            GatewayClient(f"http://127.0.0.1:{port}") as client:
        answer = client._request("POST", "/v1/push", data=body)
    assert answer.content == b"{}" and sum(got) >= len(body)
    assert answer.request.body == body, "who signs and asks once more needs the bytes"
    assert max(got) <= 64 * 1024


def test_a_request_can_be_broken_off_while_it_waits_and_the_next_one_goes_through() -> None:
    heard, answers = Event(), iter([False, True])

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.readuntil(b"\r\n\r\n"):
            heard.set()
            if not next(answers):
                await reader.read()                # until the other end is gone
                break
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
            await writer.drain()
            break
        writer.close()

    with (relay(serve, "never-answers") as port, GatewayClient(f"http://127.0.0.1:{port}") as client,
          ThreadPoolExecutor(1) as threads):
        waiting = threads.submit(client._request, "GET", "/v1/feed")
        heard.wait(10)
        client.cut()
        with pytest.raises(TryLater) as broken:
            waiting.result()
        assert broken.value.code in ("line_down", "line_broken")
        assert client._request("GET", "/v1/feed").content == b"{}"


def slow_reader(got: list[int], size: int, *, seconds: float) -> Serve:
    """Reads a body of so many bytes evenly in so many seconds, from a socket that holds little."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
        head = await reader.readuntil(b"\r\n\r\n")
        assert f"content-length: {size}".encode() in head.lower()
        left = size
        while left:
            got.append(len(await reader.read(min(left, size // 40))))
            left -= got[-1]
            await asyncio.sleep(seconds * got[-1] / size)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
        await writer.drain()
        writer.close()

    return serve
