"""Where things lie: the data folder of one counter and the resources that ship with the program."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import platformdirs


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
    def log(self) -> Path:
        return self.root / "counter.log"

    @property
    def lock(self) -> Path:
        return self.root / "window.lock"


def default_data_folder() -> DataFolder:
    return DataFolder(Path(platformdirs.user_data_dir("quay-mot-cua", appauthor=False)))


def resource(*parts: str) -> Path:
    """A shipped file. Resources ship as real files, also when frozen."""
    return Path(str(resources.files("resources").joinpath(*parts)))
