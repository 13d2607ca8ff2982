"""Serving the operator's page. The first line on stdout is JSON and says where, once it can be reached."""

from __future__ import annotations

import argparse
import asyncio
import ipaddress
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import uvicorn

from sync.gateway.logs import log_to_stderr
from sync.gateway.operator.app import create_operator_app
from sync.gateway.place import add_place, open_or_say
from sync.gateway.serve import listening_socket
from sync.gateway.tls import with_tls

COMMAND = "operator"


def main(argv: Sequence[str]) -> int:
    """Serve until told to stop. Returns 0, or 1 when it cannot begin (the code is on stdout)."""
    parser = argparse.ArgumentParser(prog=f"python -m sync.gateway {COMMAND}",
                                     description="The page for the province's operator.")
    add_place(parser)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8481, help="0 takes a free one")
    parser.add_argument("--tls-cert", type=Path)
    parser.add_argument("--tls-key", type=Path)
    parser.add_argument("--behind-proxy", action="store_true",
                        help="TLS ends in a proxy in front; without this or a certificate only loopback is served")
    chosen = parser.parse_args(argv)
    try:
        bound = listening_socket(chosen.host, chosen.port)
    except OSError:
        return _say({"ok": False, "reason": "port_taken"})
    with bound:
        is_secure = bool(chosen.tls_cert or chosen.behind_proxy)
        address, port = bound.getsockname()[:2]
        if not (is_secure or ipaddress.ip_address(address).is_loopback):
            parser.error("beyond this machine: --tls-cert and --tls-key, or --behind-proxy")
        opened = open_or_say(chosen.data, chosen.database)
        if isinstance(opened, str):
            return _say({"ok": False, "reason": opened})
        try:
            config = uvicorn.Config(
                create_operator_app(opened.database, clock=lambda: datetime.now(UTC), is_secure=is_secure),
                log_config=None, access_log=False, server_header=False, limit_concurrency=64,
            )
            try:
                if chosen.tls_cert:
                    with_tls(config, chosen.tls_cert, chosen.tls_key)
            except OSError:
                return _say({"ok": False, "reason": "tls_files"})
            log_to_stderr()
            scheme = "https" if chosen.tls_cert else "http"
            _say({"ok": True, "url": f"{scheme}://{chosen.host}:{port}"})
            asyncio.run(uvicorn.Server(config).serve(sockets=[bound]))
        finally:
            opened.database.close()
    return 0


def _say(answer: dict[str, object]) -> int:
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    sys.stdout.flush()
    return 0 if answer["ok"] else 1
