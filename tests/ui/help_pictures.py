"""`python -m tests.ui.help_pictures [NAME …]`: the pictures of help, cut from shots of the real pages.

Each comes from a scene of some `tests.ui.<page>.shots`, so what help shows is what the program draws, with
invented people. A picture that would look the same as the one that lies there is left alone, byte for byte: fonts
are drawn a hair differently from one machine to the next.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops

from ui.help_pages import PICTURES

LOOK = "light,1366,768,vi"
WIDTH = 720
"""As wide as the text of a page at 1366×768."""
COLOURS, LINE = 128, (203, 206, 212)
MOST_BYTES = 60 * 1024
_SAME_SHARE, _SAME_STEP = 0.01, 48
"""Of the pixels, so many may differ by more than that."""

Box = tuple[int, int, int, int]
PAGE: Box = (93, 50, 1366, 728)
"""Without the rail, the top line and the bottom line."""
WHOLE: Box = (0, 0, 1366, 768)


@dataclass(frozen=True, slots=True)
class Picture:
    """`room` of the shot of `scene` in `tests.ui.<module>.shots`."""

    module: str
    scene: str
    room: Box = PAGE

    @property
    def file(self) -> str:
        """As `tests.ui.shooting` names it."""
        theme, width, _, words = LOOK.split(",")
        return f"{self.scene}-{width}-{theme}-{words}.png"


PICTURES_OF: Mapping[str, Picture] = {
    "home": Picture("home", "home_busy"),
    "intake": Picture("intake", "fees_plain", WHOLE),
    "read-back": Picture("intake", "group_read_back", (110, 135, 1260, 690)),
    "person": Picture("intake", "pickup_form", (93, 50, 1050, 420)),
    "keys-panel": Picture("intake", "told_keys", (180, 30, 1140, 620)),
    "digitise": Picture("digitise", "three_papers"),
    "unsorted": Picture("digitise", "tray_full"),
    "dossier": Picture("dossier", "dossier_v2"),
    "old-paper": Picture("dossier", "dossier_old_paper", (93, 50, 1010, 400)),
    "paused": Picture("dossier", "life_paused"),
    "brought": Picture("dossier", "life_brought", (180, 170, 1230, 600)),
    "why": Picture("dossier", "dossier_why", (290, 225, 1060, 560)),
    "handover": Picture("handover", "making"),
    "answers": Picture("handover", "answered"),
    "return": Picture("returning", "pair"),
    "results": Picture("returning", "taking"),
    "post": Picture("post", "to_send", (93, 50, 1366, 500)),
    "cash": Picture("cash", "session"),
    "collect": Picture("cash", "collecting", (230, 130, 1130, 690)),
    "count": Picture("cash", "closing", (190, 120, 1180, 700)),
    "report": Picture("report", "figure"),
    "search": Picture("search", "found"),
    "sync": Picture("sync", "good"),
    "second-copy": Picture("sync", "copy_sheet", (180, 110, 1240, 700)),
    "state-line": Picture("sync", "good", (93, 728, 813, 768)),
    "sign-in": Picture("sign_in", "secret", (260, 100, 1110, 580)),
    "own-secret": Picture("sign_in", "own_secret", (400, 160, 1060, 620)),
    "people": Picture("sign_in", "people"),
    "self-check": Picture("self_check", "trouble"),
    "support-code": Picture("self_check", "code", (180, 100, 1240, 700)),
    "practice": Picture("practice", "reception", (0, 0, 1366, 728)),
    "restore": Picture("admin", "restore"),
    "held-report": Picture("held_about", "report", (190, 20, 1176, 560)),
    "first-run": Picture("first_run", "fresh", (93, 50, 1366, 720)),
    "key-back": Picture("first_run", "key_back", (290, 90, 1170, 540)),
}
"""By the name of the file."""


def shots(names: Iterable[str], folder: Path) -> None:
    """Take the scenes of these pictures; each module's in a process of its own."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for name in names:
        wanted[PICTURES_OF[name].module].add(PICTURES_OF[name].scene)
    for module, scenes in wanted.items():
        command = [sys.executable, "-m", f"tests.ui.{module}.shots", str(folder / module), *sorted(scenes), LOOK]
        subprocess.run(command, check=True)


def cut(shot: Image.Image, room: Box) -> Image.Image:
    """The room of the shot, with a thin line around, no wider than the text; in few colours."""
    part = shot.convert("RGB").crop(room)
    if part.width > WIDTH and room != WHOLE:
        part = part.resize((WIDTH, round(part.height * WIDTH / part.width)), Image.Resampling.LANCZOS)
    framed = Image.new("RGB", (part.width + 2, part.height + 2), LINE)
    framed.paste(part, (1, 1))
    return framed.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, kmeans=2,
                           dither=Image.Dither.NONE)


def is_alike(one: Image.Image, other: Image.Image) -> bool:
    """Whether a person would see the same."""
    if one.size != other.size:
        return False
    difference = ImageChops.difference(one.convert("RGB"), other.convert("RGB"))
    changed = max(sum(band.histogram()[_SAME_STEP:]) for band in difference.split())
    return changed <= _SAME_SHARE * one.width * one.height


def keep(made: Image.Image, file: Path) -> bool:
    """Write the picture unless one like it is there; whether it was written."""
    if file.exists():
        with Image.open(file) as held:
            if is_alike(held, made):
                return False
    held_bytes = io.BytesIO()
    made.save(held_bytes, "PNG", optimize=True)
    if len(held_bytes.getvalue()) > MOST_BYTES:
        raise ValueError(f"{file.name}: {len(held_bytes.getvalue())} bytes are too many")
    file.write_bytes(held_bytes.getvalue())
    return True


def main(arguments: list[str]) -> int:
    names = [name for name in PICTURES_OF if not arguments or name in arguments]
    with tempfile.TemporaryDirectory(prefix="qmc-help-") as place:
        shots(names, Path(place))
        for name in names:
            told = PICTURES_OF[name]
            with Image.open(Path(place) / told.module / told.file) as shot:
                was_written = keep(cut(shot, told.room), PICTURES / f"{name}.png")
            sys.stdout.write(f"{name}: {'written' if was_written else 'as it was'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
