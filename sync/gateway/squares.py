"""Square codes for what is carried to a counter by hand."""

from __future__ import annotations

import os
from pathlib import Path

from sync.gateway.problem import ProblemRaised


def write_square(file: Path, digits: str) -> None:
    """A picture (SVG) of a square code that holds `digits`, readable by this account alone.

    Digits, because a scanner types what it reads, and no keyboard layout or input method changes those. Raises
    ProblemRaised `square_full`, OSError; never writes over a file that is there.
    """
    import zxingcpp  # only where a picture is asked for

    try:
        code = zxingcpp.create_barcode(digits, zxingcpp.BarcodeFormat.QRCode, ec_level="L")
    except (ValueError, RuntimeError) as error:
        raise ProblemRaised("square_full", 400, digits=len(digits)) from error
    picture = str(code.to_svg(scale=4, add_quiet_zones=True))
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as target:
        target.write(picture)
