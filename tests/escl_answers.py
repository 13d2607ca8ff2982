"""What a healthy scanner writes: ScannerCapabilities and ScannerStatus of eSCL, in the words of real devices."""

from __future__ import annotations

from collections.abc import Iterable

_SPACES = (
    'xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03" xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm"'
)
_RESOLUTIONS = (75, 150, 200, 300, 600)


def capabilities(
    name: str, uuid: str, formats: Iterable[str], *, has_platen: bool = True, has_duplex: bool = True,
    detects_paper: bool = False,
) -> bytes:
    """A scanner for A4 with a feeder."""
    caps = _caps(formats)
    glass = f"<scan:Platen><scan:PlatenInputCaps>{caps}</scan:PlatenInputCaps></scan:Platen>" if has_platen else ""
    duplex = f"<scan:AdfDuplexInputCaps>{caps}</scan:AdfDuplexInputCaps>" if has_duplex else ""
    options = "<scan:AdfOption>DetectPaperLoaded</scan:AdfOption>" if detects_paper else ""
    return _xml(
        f"<scan:ScannerCapabilities {_SPACES}><pwg:Version>2.63</pwg:Version><pwg:MakeAndModel>{name}"
        f"</pwg:MakeAndModel><pwg:SerialNumber>0001</pwg:SerialNumber><scan:UUID>{uuid}</scan:UUID>{glass}"
        f"<scan:Adf><scan:AdfSimplexInputCaps>{caps}</scan:AdfSimplexInputCaps>{duplex}"
        f"<scan:FeederCapacity>50</scan:FeederCapacity><scan:AdfOptions>{options}</scan:AdfOptions>"
        "</scan:Adf></scan:ScannerCapabilities>"
    )


def status(state: str, feeder: str, jobs: Iterable[tuple[str, int, str]]) -> bytes:
    """`jobs`: path, pages given, state."""
    listed = "".join(
        f"<scan:JobInfo><pwg:JobUri>{path}</pwg:JobUri><pwg:JobUuid>{path[-36:]}</pwg:JobUuid>"
        f"<pwg:ImagesCompleted>{given}</pwg:ImagesCompleted><pwg:JobState>{of_job}</pwg:JobState></scan:JobInfo>"
        for path, given, of_job in jobs
    )
    return _xml(
        f"<scan:ScannerStatus {_SPACES}><pwg:Version>2.63</pwg:Version><pwg:State>{state}</pwg:State>"
        f"<scan:AdfState>{feeder}</scan:AdfState><scan:Jobs>{listed}</scan:Jobs></scan:ScannerStatus>"
    )


def _caps(formats: Iterable[str]) -> str:
    known = "".join(
        f"<pwg:DocumentFormat>{one}</pwg:DocumentFormat><scan:DocumentFormatExt>{one}</scan:DocumentFormatExt>"
        for one in formats
    )
    exact = "".join(
        f"<scan:DiscreteResolution><scan:XResolution>{one}</scan:XResolution><scan:YResolution>{one}</scan:YResolution>"
        "</scan:DiscreteResolution>" for one in _RESOLUTIONS
    )
    return (
        "<scan:MinWidth>16</scan:MinWidth><scan:MaxWidth>2550</scan:MaxWidth><scan:MinHeight>16</scan:MinHeight>"
        "<scan:MaxHeight>3508</scan:MaxHeight><scan:MaxScanRegions>1</scan:MaxScanRegions><scan:SettingProfiles>"
        "<scan:SettingProfile><scan:ColorModes><scan:ColorMode>Grayscale8</scan:ColorMode>"
        f"<scan:ColorMode>RGB24</scan:ColorMode></scan:ColorModes><scan:DocumentFormats>{known}"
        f"</scan:DocumentFormats><scan:SupportedResolutions><scan:DiscreteResolutions>{exact}"
        "</scan:DiscreteResolutions></scan:SupportedResolutions></scan:SettingProfile></scan:SettingProfiles>"
    )


def _xml(text: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'.encode()
