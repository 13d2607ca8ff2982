"""Where a network scanner lives: the part of a source's id after "escl:", and what a clerk may type for it."""

from __future__ import annotations

import ipaddress
import re
import socket
from urllib.parse import urljoin, urlsplit

from app.devices.scanning.port import ScanTrouble, SourceKind, trouble_error

PREFIX = f"{SourceKind.ESCL}:"
_DEFAULT_ROOT = "eSCL"
_PATH = re.compile(r"[A-Za-z0-9._~/%:+,;=-]*")
_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}")
_PORTS = {"http": 80, "https": 443}


def source_id(url: str) -> str:
    """The id of the scanner at `url`."""
    return PREFIX + url


def address_of(source: str) -> str:
    """The URL in a source's id, checked like a typed one."""
    return read_address(source.removeprefix(PREFIX))


def read_address(text: str) -> str:
    """The scanner's root URL, ending in a slash, from "192.0.2.7", "scanner.local:8080" or a whole URL.

    Raises Refusal("scanner_refused", detail="address") for anything else: other schemes, a name and password, a
    query, a path that climbs.
    """
    text = text.strip()
    try:
        parts = urlsplit(text if "://" in text else f"http://{text}")
        port = parts.port
    except ValueError:
        raise _not_an_address(text) from None
    host = parts.hostname or ""
    if parts.scheme not in _PORTS or parts.query or parts.fragment or "@" in parts.netloc or not _is_host(host):
        raise _not_an_address(text)
    return root_url(parts.scheme, host, port or _PORTS[parts.scheme], parts.path.strip("/") or _DEFAULT_ROOT)


def root_url(scheme: str, host: str, port: int, path: str) -> str:
    """A scanner's root from its parts; raises as `read_address` does."""
    path = path.strip("/")
    if not _PATH.fullmatch(path) or ".." in path:
        raise _not_an_address(path)
    shown = f"[{host}]" if ":" in host else host
    place = shown if port == _PORTS[scheme] else f"{shown}:{port}"
    return f"{scheme}://{place}/{path}/" if path else f"{scheme}://{place}/"


def job_url(root: str, location: str) -> str:
    """Where a job lives: the path of `location` on the machine of `root`, whatever host the scanner named.

    Scanners name "localhost", a USB name, an address of another net, or half of an IPv6 address; one that names
    a stranger would have us fetch pages from there. Raises ValueError without a usable path.
    """
    # Some write "http://[fe80/eSCL/…": the part before the path is thrown away, so it need not be well-formed.
    path = re.sub(r"^[A-Za-z][A-Za-z0-9+.-]*://[^/]*", "", location.strip())
    path = path.split("?")[0].split("#")[0].rstrip("/")
    if not path or not _PATH.fullmatch(path) or ".." in path:
        raise ValueError("no path")
    url = urljoin(root, re.sub("^/+", "/", path))
    if not url.startswith(urljoin(root, "/")):             # "urn:uuid:…" is an address, too
        raise ValueError("no path")
    return url


def is_in_the_office(host: str) -> bool:
    """Whether every address of `host` is private, link-local or this machine: one nobody certifies."""
    try:
        found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, None)}
    except OSError:
        return False
    return bool(found) and all(ipaddress.ip_address(one.split("%")[0]).is_private for one in found)


def _is_host(host: str) -> bool:
    if ":" not in host:
        return bool(_HOST.fullmatch(host))
    try:
        ipaddress.IPv6Address(host)
    except ValueError:
        return False
    return True


def _not_an_address(text: str) -> Exception:
    return trouble_error(ScanTrouble.REFUSED, source=PREFIX + text[:100], detail="address")
