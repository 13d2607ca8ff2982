"""Which adapters there are on this system, and which of their sources are one and the same machine."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib.util import find_spec

from app.devices.scanning.port import Notice, PageSource, ScanTrouble, Source, SourceKind, trouble_error

_ESCL = "app.devices.scanning.escl"


def kinds() -> tuple[SourceKind, ...]:
    """The kinds that can list their sources here. A watched folder is not found but chosen by a person."""
    system = SourceKind.WIA if sys.platform == "win32" else SourceKind.SANE
    return (system, SourceKind.ESCL) if find_spec(_ESCL) else (system,)


def adapter(kind: SourceKind, addresses: Sequence[str], notice: Callable[[Notice], None]) -> PageSource:
    """A new adapter. Only its own libraries are loaded; a library that is missing is `NONE_INSTALLED`."""
    try:
        match kind:
            case SourceKind.SANE:
                from app.devices.scanning.sane import SanePageSource

                return SanePageSource()
            case SourceKind.ESCL:
                from app.devices.scanning.escl import EsclPageSource

                return EsclPageSource(tuple(addresses))
            case SourceKind.WIA:
                from app.devices.scanning.wia import WiaPageSource

                return WiaPageSource()
            case SourceKind.FOLDER:
                from app.devices.scanning.folder import FolderPageSource

                return FolderPageSource(notice)
    except ImportError as error:
        raise trouble_error(ScanTrouble.NONE_INSTALLED, detail=str(error.name or "")) from error


def without_doubles(sources: Sequence[Source]) -> tuple[Source, ...]:
    """Leave out what SANE's own eSCL drivers list when our client has found network scanners itself: the same
    machine twice makes people choose where there is nothing to choose."""
    if not any(source.kind is SourceKind.ESCL for source in sources):
        return tuple(sources)
    return tuple(source for source in sources if not source.id.startswith(("sane:escl:", "sane:airscan:e")))
