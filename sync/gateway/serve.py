"""Serving on one port, in one process or several. The first line on stdout is JSON and says where, once it can be
reached."""

from __future__ import annotations

import argparse
import asyncio
import gc
import ipaddress
import json
import socket
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import uvicorn

from sync.gateway.app import create_app
from sync.gateway.doors import Quota
from sync.gateway.logs import log_to_stderr
from sync.gateway.metrics import Metrics
from sync.gateway.place import add_place, open_or_say
from sync.gateway.signatures import Rule
from sync.gateway.tls import with_tls
from sync.gateway.watching import Watch
from sync.gateway.workers import Workers, end_with_parent, inherited_socket

_PORT_TRIES, _PORT_PAUSE = 30, 0.1


def main(argv: Sequence[str], also: str = "") -> int:
    """Serve until told to stop. Returns 0, or 1 when it cannot begin (the code is on stdout). `also`: what --help
    says besides."""
    parser = argparse.ArgumentParser(prog="python -m sync.gateway", description="The province's end of the line.",
                                     epilog=also, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_place(parser)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8480, help="0 takes a free one")
    parser.add_argument("--workers", type=int, default=1, help="serving processes; as many as processor cores")
    parser.add_argument("--metrics-token", default="", help="who shows it may read /metrics from elsewhere")
    parser.add_argument("--metrics-folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--requests-per-minute", type=int, default=Quota().requests_per_minute,
                        help="of one counter, in each process")
    parser.add_argument("--listen-on", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--end-with-input", action="store_true",
                        help="end when the standard input does: whoever started this holds its other end")
    parser.add_argument("--tls-cert", type=Path)
    parser.add_argument("--tls-key", type=Path)
    parser.add_argument("--require-signatures", type=Rule, choices=list(Rule), default=Rule.NEW,
                        help="who must sign requests: all; new (the default: enrolled since this database knows "
                             "signatures); known (only who has signed before), while old programs still enrol")
    parser.add_argument("--behind-proxy", action="store_true",
                        help="TLS ends in a proxy in front; without this or a certificate only loopback is served")
    chosen = parser.parse_args(argv)
    if not (chosen.tls_cert or chosen.behind_proxy or _is_loopback(chosen.host)):
        parser.error("beyond this machine: --tls-cert and --tls-key, or --behind-proxy")
    opened = open_or_say(chosen.data, chosen.database)
    if isinstance(opened, str):
        _say({"ok": False, "reason": opened})
        return 1
    is_worker = chosen.listen_on is not None
    try:
        bound = (inherited_socket(chosen.listen_on) if is_worker
                 else _bind(chosen.host, chosen.port, chosen.workers))
    except OSError:
        opened.database.close()
        _say({"ok": False, "reason": "port_taken"})
        return 1
    log_to_stderr()
    if is_worker or chosen.end_with_input:
        end_with_parent()
    if not is_worker and chosen.workers > 1:
        opened.database.close()                    # it is prepared; a connection must not be shared by forking
        return _serve_with_workers(argv, bound, chosen.workers)
    app = create_app(opened.database, opened.seal, opened.files, clock=lambda: datetime.now(UTC),
                     signed=chosen.require_signatures, quota=Quota(requests_per_minute=chosen.requests_per_minute),
                     watch=Watch(Metrics(chosen.metrics_folder), chosen.metrics_token, not chosen.behind_proxy))
    _make_way_for_batches()
    config = uvicorn.Config(
        app, log_config=None, access_log=False, server_header=False, timeout_keep_alive=65,
        limit_concurrency=2_000, timeout_graceful_shutdown=10,
    )
    try:
        if chosen.tls_cert:
            with_tls(config, chosen.tls_cert, chosen.tls_key)
    except OSError:
        bound.close()
        opened.database.close()
        _say({"ok": False, "reason": "tls_files"})
        return 1
    scheme = "https" if chosen.tls_cert else "http"
    url = f"{scheme}://{chosen.host}:{bound.getsockname()[1]}"
    return asyncio.run(_serve(uvicorn.Server(config), bound, {"ok": True, "url": url,
                                                              "incarnation": opened.incarnation}))


def _make_way_for_batches() -> None:
    """Set the interpreter for batches of a thousand operations in a few threads."""
    # Each is a few hundred thousand small values and hardly a circle among them: looking for one after every 700
    # new ones took a tenth of the time.
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    # A signature takes 85 µs without the interpreter's lock, then its thread needs the lock again: behind another
    # batch that is being read it waited 5 ms for it, and one processor core of two stood idle.
    sys.setswitchinterval(0.0005)


def _serve_with_workers(argv: Sequence[str], bound: socket.socket, count: int) -> int:
    with bound, tempfile.TemporaryDirectory(prefix="qmc-metrics-") as folder:
        command = (sys.executable, "-m", "sync.gateway", *argv, "--metrics-folder", folder)
        refused = asyncio.run(Workers(command, bound, count).serve())
    if refused is not None:
        _say(refused)
    return 0 if refused is None else 1


async def _serve(server: uvicorn.Server, bound: socket.socket, ready: dict[str, object]) -> int:
    # Bound and listening already: whoever connects now is served as soon as the loop runs.
    _say(ready)
    await server.serve(sockets=[bound])
    return 0


def _bind(host: str, port: int, workers: int) -> socket.socket:
    """Workers whose parent was killed hold the port until they have noticed."""
    for _ in range(_PORT_TRIES if workers > 1 else 0):
        try:
            return listening_socket(host, port)
        except OSError:
            time.sleep(_PORT_PAUSE)
    return listening_socket(host, port)


def listening_socket(host: str, port: int) -> socket.socket:
    """A bound socket. Its protocol is named: asyncio switches Nagle's delay off only where it is, and with the
    delay each answer of two packets waited 40 ms for the counter's acknowledgement."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.listen(1024)
    except OSError:
        bound.close()
        raise
    return bound


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _say(answer: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    sys.stdout.flush()
