"""Where this gateway's files lie: in its own folder, or in the S3 service that `files-store.json` there names.

    {"endpoint": "https://s3.tinh.example", "bucket": "quay-mot-cua", "access_key": "…", "secret_key": "…",
     "region": "us-east-1", "prefix": "", "ca_file": null}

Beside the province's key, and like it for the owner's eyes only. All processes of a province name the same place.
"""

from __future__ import annotations

import json
from pathlib import Path

from sync.gateway.disk_store import DiskStore
from sync.gateway.file_store import FileStore

STORE_FILE = "files-store.json"
FILES_FOLDER = "files"


def files_of(folder: Path) -> FileStore:
    """The store of a gateway's data folder. Raises ValueError for a file that names no place."""
    try:
        said = json.loads((folder / STORE_FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return DiskStore(folder / FILES_FOLDER)
    # Only here: an HTTP client is a tenth of a gateway's start, and few provinces have such a service.
    from sync.gateway.s3_client import S3Client, S3Place
    from sync.gateway.s3_store import S3Store

    try:
        return S3Store(S3Client(S3Place(**said)))
    except TypeError as error:
        raise ValueError("files_store_malformed") from error
