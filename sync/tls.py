"""TLS towards the gateway: version 1.3 and no other, and nobody's word for it but that of the CA that is named."""

from __future__ import annotations

import ssl
from typing import Any

from urllib3.poolmanager import ProxyManager

from sync.line_sockets import LineAdapter


class NewestTls(LineAdapter):
    """For `https://` of a session. Which CAs are believed, `verify` says with each request; the context has none.

    Older versions are refused even where both ends speak them: no counter and no gateway is older than 1.3, so
    whoever asks for less stands between them.
    """

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **pool_kwargs: Any) -> None:
        super().init_poolmanager(connections, maxsize, block, ssl_context=newest_context(), **pool_kwargs)

    def proxy_manager_for(self, proxy: str, **proxy_kwargs: Any) -> ProxyManager:
        return super().proxy_manager_for(proxy, ssl_context=newest_context(), **proxy_kwargs)


def newest_context() -> ssl.SSLContext:
    """Checks certificate and name, believes no CA yet."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    return context
