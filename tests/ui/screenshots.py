"""`python -m tests.ui.screenshots OUTDIR`: the window and every widget as pictures, to be looked at.

Sizes 1366×768 and 1920×1080, both themes, and 1366×768 at 125 and 150 %. A scale needs its own process, so
the command starts itself once per scale.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SCALES = ("1", "1.25", "1.5")
SCREENS = {"1": ((1366, 768), (1920, 1080)), "1.25": ((1366, 768),), "1.5": ((1366, 768),)}


def shoot(folder: Path, scale: str) -> None:
    """All pictures of one scale, in this process."""
    from PySide6.QtWidgets import QApplication

    from tests.ui.gallery import SCENES
    from ui.theme import install_theme
    from ui.translations import Language

    app = QApplication([])
    look = install_theme(app)
    language = Language(app)
    for theme_name in ("light", "contrast"):
        look.use(theme_name)
        for width, height in SCREENS[scale]:
            for name, scene in SCENES.items():
                window = scene(round(width / float(scale)), round(height / float(scale)))
                window.activateWindow()
                app.processEvents()
                percent = round(float(scale) * 100)
                window.grab().save(str(folder / f"{name}-{width}x{height}-{percent}-{theme_name}.png"))
                window.close()
                window.deleteLater()
                app.processEvents()
    if scale == "1":
        look.use("light")
        language.use("en")
        window = SCENES["home"](1366, 768)
        app.processEvents()
        window.grab().save(str(folder / "home-1366x768-100-light-en.png"))
        window.close()


def main(arguments: list[str]) -> int:
    if not arguments:
        sys.stderr.write("python -m tests.ui.screenshots OUTDIR\n")
        return 2
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    if len(arguments) > 1:
        shoot(folder, arguments[1])
        return 0
    for scale in SCALES:
        surroundings = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale}
        subprocess.run(
            [sys.executable, "-m", "tests.ui.screenshots", str(folder), scale], check=True, env=surroundings
        )
    sys.stdout.write("\n".join(sorted(str(path) for path in folder.glob("*.png"))) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
