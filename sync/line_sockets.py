"""Connections that bear a bad line: what the operating system is asked for, where it knows it.

On a line that loses 2 % at 200 ms, TCP's usual caution (CUBIC) takes every loss for a jam and leaves half of the
line idle; BBR measures the line instead. And what has not gone out yet shall wait here, not in the system: when
the line breaks or the courier is killed, those bytes need not travel for nothing.

A body goes out in small pieces, and the time limit is for each of them. Python's sendall counts one limit (that of
connecting, 10 s) for the whole of it: 100 KB at 64 kbit/s would never arrive.
"""

from __future__ import annotations

import socket
import sys
from contextlib import suppress
from functools import cache
from io import BytesIO
from typing import Any, cast
from weakref import WeakSet

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection
from urllib3.poolmanager import PoolManager, ProxyManager

UNSENT = 16 * 1024
"""Bytes that the system may hold beyond those under way."""

PIECE = 4 * 1024
"""In 10 s also when eight connections share 64 kbit/s: four of the seconds."""

SocketOption = tuple[int, int, int | bytes]

# Not in Python's socket module before 3.13, or only where it was built with them: numbers of linux/tcp.h.
_WISHES: tuple[tuple[str, SocketOption], ...] = (
    ("linux", (socket.IPPROTO_TCP, getattr(socket, "TCP_CONGESTION", 13), b"bbr")),
    ("linux", (socket.IPPROTO_TCP, getattr(socket, "TCP_NOTSENT_LOWAT", 25), UNSENT)),
)


class _Remembering(HTTPConnectionPool):
    """Knows its connections also while they are in use."""

    def __init__(self, *args: Any, **more: Any) -> None:
        self.made: WeakSet[Any] = WeakSet()
        super().__init__(*args, **more)

    def _new_conn(self) -> Any:
        made = super()._new_conn()
        self.made.add(made)
        return made


class _RememberingTls(_Remembering, HTTPSConnectionPool):
    pass


class LineAdapter(HTTPAdapter):
    """For `Session.mount`: the session's connections get what the system grants, and send in pieces."""

    def cut(self) -> None:
        """End what is on its way, from another thread: whoever waits for an answer hears that the line broke."""
        for manager in (self.poolmanager, *self.proxy_manager.values()):
            for key in manager.pools.keys():           # noqa: SIM118 - no other way to walk through it
                for made in list(getattr(manager.pools.get(key), "made", ())):
                    if isinstance(made.sock, socket.socket):
                        with suppress(OSError):        # it has ended by itself meanwhile
                            # Past TLS, which another thread is in the middle of.
                            socket.socket.shutdown(made.sock, socket.SHUT_RDWR)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **pool_kwargs: Any) -> None:
        super().init_poolmanager(
            connections, maxsize, block, socket_options=line_options(), blocksize=PIECE, **pool_kwargs
        )
        _remember(self.poolmanager)

    def proxy_manager_for(self, proxy: str, **proxy_kwargs: Any) -> ProxyManager:
        found: ProxyManager = super().proxy_manager_for(
            proxy, socket_options=line_options(), blocksize=PIECE, **proxy_kwargs
        )
        _remember(found)
        return found

    def send(self, request: PreparedRequest, *args: Any, **more: Any) -> Response:
        if not isinstance(request.body, bytes):
            return super().send(request, *args, **more)
        in_pieces = request.copy()
        in_pieces.body = cast(Any, BytesIO(request.body))      # what can be read is sent by `blocksize`
        answer = super().send(in_pieces, *args, **more)
        answer.request = request                               # who asks once more needs the bytes
        return answer


def _remember(manager: PoolManager) -> None:
    manager.pool_classes_by_scheme = {"http": _Remembering, "https": _RememberingTls}


@cache
def line_options() -> list[SocketOption]:
    """What every connection is made with; wishes that this system refuses are left out, nothing else differs."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        granted = [
            option for system, option in _WISHES if sys.platform.startswith(system) and _is_granted(probe, option)
        ]
    return [*HTTPConnection.default_socket_options, (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1), *granted]


def _is_granted(probe: socket.socket, option: SocketOption) -> bool:
    level, name, value = option
    try:
        probe.setsockopt(level, name, value)
    except OSError:                                    # an older kernel, or the module is not there
        return False
    return True
