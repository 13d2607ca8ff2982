"""Paths for whoever watches over the gateway: alive, ready, figures.

`/health/live` answers while the process does; `/health/ready` (and `/health`) while the database does too, 503
otherwise. `/metrics` is for this machine's own address, or for whoever shows the token of `--metrics-token`;
behind a proxy every caller seems to be on this machine, so there the token is asked of all.
"""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest

from fastapi import FastAPI, Request, Response
from sqlalchemy import Connection, func, select
from starlette.concurrency import run_in_threadpool

from sync.contract import PROTOCOL, paths
from sync.contract.codec import dumps
from sync.contract.problems import Code
from sync.gateway import openapi
from sync.gateway.database import Database
from sync.gateway.metrics import Metrics
from sync.gateway.operator.tables import contacts
from sync.gateway.problem import ProblemRaised
from sync.gateway.province import incarnation_of, unsettled_since
from sync.gateway.tables import branches, devices, epochs
from sync.gateway.times import Clock, stamp

LIVE, READY = f"{paths.HEALTH}/live", f"{paths.HEALTH}/ready"
WATCHED_FREELY = frozenset({paths.HEALTH, LIVE, READY, paths.METRICS})

_KEPT_EVERY = 2.0


@dataclass(frozen=True, slots=True)
class Watch:
    """Who may read the figures."""

    metrics: Metrics
    token: str = ""                                # "": nobody is let in by token
    may_be_local: bool = True                      # False behind a proxy


def add_watching_paths(app: FastAPI, database: Database, clock: Clock, watch: Watch,
                       work: Callable[[Callable[[], str]], Awaitable[str]]) -> None:
    """`work` runs a question to the database behind the doors of all other requests."""

    def incarnation() -> str:
        with database.reading() as connection:
            return incarnation_of(connection)

    async def ready() -> Response:
        return Response(dumps({"ok": True, "protocol": PROTOCOL, "incarnation": await work(incarnation),
                               "server_time": stamp(clock())}), media_type="application/json")

    @app.get(LIVE)
    async def get_live() -> Response:
        """Whether this process answers."""
        return Response(b'{"ok":true}', media_type="application/json")

    @app.get(READY)
    async def get_ready() -> Response:
        """Whether the database answers too."""
        return await ready()

    @app.get(paths.HEALTH)
    async def get_health() -> Response:
        """The same as ready, with the time here: a counter compares its clock."""
        return await ready()

    @app.get(paths.METRICS, response_class=Response, responses=openapi.PLAIN_TEXT)
    async def get_metrics(request: Request) -> Response:
        """Prometheus text."""
        if not _may_read(request, watch):
            raise ProblemRaised(Code.NOT_ENROLLED, 401)
        gauges = await run_in_threadpool(_gauges, database, clock())
        return Response(watch.metrics.text(gauges), media_type="text/plain; version=0.0.4")


@asynccontextmanager
async def keeping(metrics: Metrics) -> AsyncIterator[None]:
    """While it lasts, the figures are left for the other workers every other second."""
    async def keep() -> None:
        while True:
            await asyncio.sleep(_KEPT_EVERY)
            metrics.keep()

    kept = asyncio.create_task(keep())
    try:
        yield
    finally:
        kept.cancel()
        metrics.keep()


def _may_read(request: Request, watch: Watch) -> bool:
    if watch.token:
        shown = request.headers.get("authorization", "").removeprefix("Bearer ")
        if compare_digest(shown.encode(), watch.token.encode()):
            return True
    if not (watch.may_be_local and request.client):
        return False
    try:
        return ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False


def _gauges(database: Database, now: datetime) -> dict[str, float]:
    with database.reading() as connection:
        return {**_of_counters(connection, now), "qmc_database_connections": database.connections_in_use}


def _of_counters(connection: Connection, now: datetime) -> dict[str, float]:
    current = (devices.c.id == epochs.c.device) & (devices.c.current_epoch == epochs.c.epoch)
    said = (contacts.c.device == epochs.c.device) & (contacts.c.epoch == epochs.c.epoch)
    behind = connection.execute(
        select(func.sum(contacts.c.said_seq - epochs.c.head_seq))
        .join(epochs, said).where(contacts.c.said_seq > epochs.c.head_seq)
    ).scalar()
    a_day_ago = stamp(now - timedelta(days=1))
    counters = connection.execute(
        select(epochs.c.last_contact).join(devices, current)
    ).scalars().all()
    return {
        "qmc_operations_behind": float(behind or 0), "qmc_counters": len(counters),
        "qmc_counters_silent": sum(last < a_day_ago for last in counters),
        "qmc_branch_operations": connection.execute(select(func.count()).select_from(branches)).scalar_one(),
        "qmc_unsettled": float(unsettled_since(connection) is not None),
    }
