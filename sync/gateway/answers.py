"""A message as the body of an answer."""

from __future__ import annotations

import gzip
from typing import Any

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool

from sync.contract.codec import dumps

_BIG = 2_000


async def json_answer(request: Request, message: Any) -> Response:
    """JSON, zipped where that pays and the asker can unzip."""
    body = await run_in_threadpool(dumps, message)
    headers = {"Cache-Control": "no-store"}
    if len(body) > _BIG and "gzip" in request.headers.get("accept-encoding", ""):
        body = await run_in_threadpool(gzip.compress, body, 6)
        headers["Content-Encoding"] = "gzip"
    return Response(body, media_type="application/json", headers=headers)
