"""Network scanners as a source of pages: the adapter that the scanning child runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import NamedTuple

from app.devices.scanning.escl.address import address_of, read_address, source_id
from app.devices.scanning.escl.client import EsclClient
from app.devices.scanning.escl.density import with_dpi
from app.devices.scanning.escl.discovery import Announced, announced_scanners
from app.devices.scanning.escl.feed import ScanJob
from app.devices.scanning.escl.request import scan_request
from app.devices.scanning.port import Emit, Source, SourceKind
from app.domain.scanning import Feed, ScanSettings
from app.errors import KnownError

PATIENCE = 50.0
"""Seconds; below the watchdog's 60, so that the job is given up in good order before the process is ended."""

LISTEN_SECONDS = 3.0
_PROBE_SECONDS = 5.0
_PROBES_AT_ONCE = 8


class EsclPageSource:
    """Implements `PageSource`. `addresses` are scanners typed by hand, for offices whose network carries no mDNS;
    `listen(seconds)` hears the others."""

    def __init__(
        self, addresses: Sequence[str] = (), *, patience: float = PATIENCE,
        listen: Callable[[float], Sequence[Announced]] = announced_scanners,
    ) -> None:
        self._addresses = addresses
        self._patience = patience
        self._listen = listen

    def list_sources(self) -> Sequence[Source]:
        """Those that announced themselves, awake or not, and those of the typed addresses that answer."""
        typed = [Announced("", "", (url,), (), True) for url in self._readable()]
        with ThreadPoolExecutor(_PROBES_AT_ONCE, thread_name_prefix="escl-probe") as probes:
            answers = probes.map(_met, typed)              # asked while the others are listened for
            announced = list(self._listen(LISTEN_SECONDS))
            met = [*(one for one in answers if one.has_answered), *probes.map(_met, announced)]
        sources: dict[str, Source] = {}
        for one in met:
            if one.source.feeds or not one.has_answered:   # a printer that only prints has no feeds
                sources.setdefault(one.uuid or one.source.id, one.source)
        return tuple({source.id: source for source in sources.values()}.values())

    def scan(self, source_id: str, settings: ScanSettings, emit: Emit, progress: Callable[[], None]) -> None:
        """As `PageSource.scan` promises. The job is given up at the scanner whenever it did not end by itself."""
        try:
            with EsclClient(address_of(source_id), patience=self._patience) as scanner:
                self._scan(scanner, settings, emit, progress)
        except KnownError as error:
            error.values.setdefault("source", source_id)
            raise

    def _scan(
        self, scanner: EsclClient, settings: ScanSettings, emit: Emit, progress: Callable[[], None],
    ) -> None:
        capabilities = scanner.capabilities()
        progress()
        asked = scan_request(settings, capabilities)
        job = ScanJob(scanner, settings.feed, patience=self._patience, progress=progress)
        job.check_paper(capabilities.detects_paper)
        url = job.start(asked.xml)
        is_done = False
        try:
            for count, page in enumerate(job.pages(url), start=1):
                content = with_dpi(page.content, asked.dpi) if page.mime == "image/jpeg" else page.content
                emit(content, page.mime)
                if count == settings.most_pages:
                    break
            else:
                # A glass may wait for its next page; a feeder that said "that was all" knows it.
                is_done = settings.feed is not Feed.FLATBED
        finally:
            if not is_done:
                scanner.give_up(url)

    def _readable(self) -> list[str]:
        urls = []
        for address in self._addresses:
            with suppress(KnownError):                     # it was refused where it was typed
                urls.append(read_address(address))
        return urls


class _Met(NamedTuple):
    source: Source
    uuid: str
    has_answered: bool


def _met(announced: Announced) -> _Met:
    """Ask at each URL in turn what is there; a scanner that does not wake in time is taken at its word."""
    for url in announced.urls:
        try:
            with EsclClient(url, patience=_PROBE_SECONDS) as scanner:
                found = scanner.capabilities()
        except KnownError:
            continue
        name = announced.name or found.name or url
        source = Source(source_id(url), name, SourceKind.ESCL, tuple(found.inputs), found.is_colour)
        return _Met(source, found.uuid or announced.uuid, True)
    url = announced.urls[0]
    source = Source(source_id(url), announced.name or url, SourceKind.ESCL, announced.feeds, announced.is_colour)
    return _Met(source, announced.uuid, False)
