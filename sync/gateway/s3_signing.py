"""AWS Signature Version 4, as every S3 service asks for it: the headers of one request, body hash included."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import quote

_ALGORITHM = "AWS4-HMAC-SHA256"


def quoted(text: str, safe: str = "") -> str:
    """Percent-encoded as the signature counts it: only unreserved letters stay."""
    return quote(text, safe=safe + "-_.~")


def query_text(query: Mapping[str, str]) -> str:
    """The query string, in the order in which it is signed."""
    return "&".join(f"{quoted(name)}={quoted(value)}" for name, value in sorted(query.items()))


def signed_headers(
    method: str, host: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes, *,
    region: str, access_key: str, secret_key: str, now: datetime,
) -> dict[str, str]:
    """`headers` and those that sign them. `path` as it is sent, encoded; `headers` in any case."""
    moment = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    body_hash = hashlib.sha256(body).hexdigest()
    given = {name.lower(): value.strip() for name, value in headers.items()}
    given |= {"host": host, "x-amz-date": moment, "x-amz-content-sha256": body_hash}
    names = ";".join(sorted(given))
    lines = (f"{name}:{given[name]}" for name in sorted(given))
    asked = "\n".join((method, path, query_text(query), *lines, "", names, body_hash))
    scope = f"{moment[:8]}/{region}/s3/aws4_request"
    text = "\n".join((_ALGORITHM, moment, scope, hashlib.sha256(asked.encode()).hexdigest()))
    key = f"AWS4{secret_key}".encode()
    for part in (moment[:8], region, "s3", "aws4_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    signature = hmac.new(key, text.encode(), "sha256").hexdigest()
    given["authorization"] = (
        f"{_ALGORITHM} Credential={access_key}/{scope}, SignedHeaders={names}, Signature={signature}")
    del given["host"]                                  # the connection says it
    return given
