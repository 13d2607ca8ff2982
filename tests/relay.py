"""A relay on loopback in a thread of its own: whatever is wrong with a line is in the function that serves it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@contextmanager
def relay(serve: Serve, name: str, host: str = "127.0.0.1") -> Iterator[int]:
    """The port of `host` whose connections `serve` handles while the block runs; `name` is the thread's.

    At the end what is still being served is cancelled and waited for.
    """
    loop = asyncio.new_event_loop()
    is_open, ending = threading.Event(), asyncio.Event()
    ports: list[int] = []

    async def run() -> None:
        server = await asyncio.start_server(serve, host, 0)
        ports.append(server.sockets[0].getsockname()[1])
        is_open.set()
        async with server:
            await ending.wait()
        under_way = asyncio.all_tasks() - {asyncio.current_task()}
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)

    thread = threading.Thread(target=loop.run_until_complete, args=(run(),), name=name)
    thread.start()
    is_open.wait(10)
    try:
        yield ports[0]
    finally:
        loop.call_soon_threadsafe(ending.set)
        thread.join(10)
        loop.close()
