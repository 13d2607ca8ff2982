"""A server that speaks S3 on a free loopback port of this process: moto's, with AWS's rules for parts and keys."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from itertools import count
from pathlib import Path

import requests
from moto.server import ThreadedMotoServer

from sync.gateway.file_place import STORE_FILE
from sync.gateway.s3_client import S3Client, S3Place

_BUCKETS = count(1)


@contextmanager
def running_s3() -> Iterator[str]:
    """The service's URL."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


def new_bucket(url: str, prefix: str = "qmc/") -> S3Place:
    """An empty bucket of the service."""
    name = f"bucket-{next(_BUCKETS)}"
    with requests.Session() as session:
        session.trust_env = False
        session.put(f"{url}/{name}", timeout=30).raise_for_status()
    return S3Place(url, name, "AKIATEST", "secret", prefix=prefix)


def use_bucket(folder: Path, place: S3Place) -> None:
    """A gateway on this data folder keeps its files there."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / STORE_FILE).write_text(json.dumps(asdict(place)), encoding="utf-8")


def keys(place: S3Place) -> list[str]:
    client = S3Client(place)
    found = [each.key for each in client.listed("")]
    client.close()
    return found
