"""Where things lie: the data folder of one counter and the resources that ship with the program."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import resources

PROGRAM = "quay-mot-cua"


@dataclass(frozen=True, slots=True)
class DataFolder:
    """One counter's folder. Names in it are dossier codes or fixed words, never a person's."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "counter.db"

    @property
    def backups(self) -> Path:
        return self.root / "backups"

    @property
    def papers(self) -> Path:
        """PDFs, only where the counter prints to files."""
        return self.root / "papers"

    @property
    def scans(self) -> Path:
        """Scanned pages and their PDFs, each encrypted, named by the SHA-256 of what is inside."""
        return self.root / "scans"

    @property
    def log(self) -> Path:
        return self.root / "counter.log"

    @property
    def lock(self) -> Path:
        return self.root / "window.lock"


def own_data_folder() -> DataFolder:
    """This account's folder, where an installed counter keeps its book."""
    import platformdirs  # a window that is told its folder does not pay for it

    return DataFolder(Path(platformdirs.user_data_dir(PROGRAM, appauthor=False)))


def current_data_folder() -> DataFolder:
    """The folder that was opened last (a demo office, a second book), else this account's own."""
    try:
        last = Path(_pointer().read_text(encoding="utf-8").strip())
    except OSError:
        return own_data_folder()
    return DataFolder(last) if last.is_dir() else own_data_folder()


def remember_data_folder(folder: DataFolder) -> None:
    """Make `folder` the current one for commands that name none."""
    _pointer().parent.mkdir(parents=True, exist_ok=True)
    _pointer().write_text(str(folder.root), encoding="utf-8")


def _pointer() -> Path:
    import platformdirs

    return Path(platformdirs.user_config_dir(PROGRAM, appauthor=False)) / "current-folder"


def resource(*parts: str) -> Path:
    """A shipped file. Resources ship as real files, also when frozen."""
    return Path(resources.__file__).parent.joinpath(*parts)
