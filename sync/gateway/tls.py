"""TLS at the gateway's own port: 1.3 and nothing older. Behind a proxy, the proxy's settings say the same."""

from __future__ import annotations

import ssl
from pathlib import Path

import uvicorn


def with_tls(config: uvicorn.Config, certificate: Path, key: Path | None) -> uvicorn.Config:
    """`config` that serves this certificate. Raises OSError (an SSLError is one) for files that are none."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_cert_chain(certificate, key)
    config.load()
    config.ssl = context
    return config
