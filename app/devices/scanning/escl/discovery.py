"""Network scanners that announce themselves: mDNS, `_uscan._tcp` and, encrypted, `_uscans._tcp`."""

from __future__ import annotations

import ipaddress
import queue
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zeroconf import InterfaceChoice, ServiceBrowser, ServiceInfo, ServiceStateChange, Zeroconf

from app.devices.scanning.escl.address import root_url
from app.devices.scanning.escl.capabilities import shown_name
from app.domain.scanning import Feed
from app.errors import KnownError

PLAIN, ENCRYPTED = "_uscan._tcp.local.", "_uscans._tcp.local."
_MOST = 100
"""More announcements than this are no office; the rest are not looked at."""


_ANSWER_MS = 500
"""Most answer at once; an announcement whose machine is gone must not hide the others."""


@dataclass(frozen=True, slots=True)
class Announced:
    """`urls`: where it is reached, the best first. `feeds` and `is_colour` as announced, to be asked again."""

    name: str
    uuid: str
    urls: tuple[str, ...]
    feeds: tuple[Feed, ...]
    is_colour: bool


def announced_scanners(
    seconds: float, *, interfaces: Sequence[str] | InterfaceChoice = InterfaceChoice.All,
) -> tuple[Announced, ...]:
    """Everything heard within `seconds`, one entry for each scanner, by name. Empty without a network."""
    heard: queue.SimpleQueue[tuple[str, str]] = queue.SimpleQueue()

    def on_change(zeroconf: Zeroconf, service_type: str, name: str, state_change: ServiceStateChange) -> None:
        if state_change is not ServiceStateChange.Removed:
            heard.put((service_type, name))

    try:
        zeroconf = Zeroconf(interfaces=interfaces)
    except OSError:
        return ()
    end = time.monotonic() + seconds
    told: dict[tuple[str, str], ServiceInfo] = {}
    try:
        browser = ServiceBrowser(zeroconf, [PLAIN, ENCRYPTED], handlers=[on_change])
        while (left := end - time.monotonic()) > 0 and len(told) < _MOST:
            try:
                service = heard.get(timeout=left)
            except queue.Empty:
                break
            if service not in told:
                told[service] = ServiceInfo(*service)
                told[service].request(zeroconf, _ANSWER_MS)
        browser.cancel()
        # One that was slow to answer may have done so while others were asked.
        whole = [info for info in told.values() if info.load_from_cache(zeroconf)]
    finally:
        zeroconf.close()
    return one_each(found for info in whole if (found := read_announcement(info)) is not None)


def read_announcement(info: ServiceInfo) -> Announced | None:
    """What an announcement says; None when it names no place that we would go to.

    TXT keys: rs (path), ty (name), UUID, is (sources: platen, adf), cs (colour spaces), duplex.
    """
    said = {
        key.decode("utf-8", "replace").casefold(): (value or b"").decode("utf-8", "replace").strip()
        for key, value in info.properties.items()
    }
    scheme = "https" if info.type.casefold() == ENCRYPTED else "http"
    host = _best_host(info.parsed_scoped_addresses())
    if host is None or not info.port:
        return None
    try:
        url = root_url(scheme, host, info.port, said.get("rs", "eSCL"))
    except KnownError:
        return None
    sources = {one.strip().casefold() for one in said.get("is", "").split(",")}
    feeds = [Feed.FLATBED] if "platen" in sources else []
    if "adf" in sources:
        feeds += [Feed.FEEDER, Feed.DUPLEX] if said.get("duplex", "").casefold() == "t" else [Feed.FEEDER]
    instance = info.name.removesuffix("." + info.type)
    colours = said.get("cs", "").casefold()
    return Announced(
        shown_name(said.get("ty", "")) or shown_name(instance) or host, said.get("uuid", "").casefold()[:64],
        (url,), tuple(feeds), "color" in colours or not colours,
    )


def one_each(found: Iterable[Announced]) -> tuple[Announced, ...]:
    """One entry for a scanner that announces itself twice: encrypted first, because identity cards pass here."""
    together: dict[str, list[Announced]] = {}
    for one in found:
        together.setdefault(one.uuid or one.urls[0], []).append(one)
    merged = []
    for group in together.values():
        group.sort(key=lambda one: (not one.urls[0].startswith("https:"), one.urls[0]))
        best = group[0]
        urls = tuple(dict.fromkeys(url for one in group for url in one.urls))
        merged.append(Announced(best.name, best.uuid, urls, best.feeds, best.is_colour))
    return tuple(sorted(merged, key=lambda one: (one.name.casefold(), one.urls)))


def _best_host(addresses: Sequence[str]) -> str | None:
    """IPv4 before IPv6. Link-local IPv6 is left out: its zone belongs to one machine and fits no id."""
    known = [ipaddress.ip_address(text) for text in addresses if "%" not in text]
    usable = [one for one in known if one.version == 4 or not one.is_link_local]
    best = min(usable, key=lambda one: one.version, default=None)
    return None if best is None else str(best)
