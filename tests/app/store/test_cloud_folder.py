"""A book that a service would carry away to machines of others is refused before the first byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import EnvironmentFault
from app.store.cloud_folder import carried_by
from tests.app.store.test_opening import files_under, open_and_close


@pytest.mark.parametrize(("folder", "mark", "service"), [
    ("OneDrive/quay", "", "OneDrive"), ("OneDrive - UBND tỉnh Mẫu/Documents/quay", "", "OneDrive"),
    ("Google Drive/My Drive/quay", "", "Google Drive"), ("DriveFS/quay", "", "Google Drive"),
    ("Dropbox (Mẫu)/quay", "", "Dropbox"), ("iCloudDrive/quay", "", "iCloud"), ("Box Sync/quay", "", "Box"),
    ("tài liệu/quay", ".dropbox.cache", "Dropbox"), ("tài liệu/quay", ".tmp.drivedownload", "Google Drive"),
    ("tài liệu/quay", ".sync_1a2b3c.db", "Nextcloud"), ("tài liệu/quay", ".stfolder", "Syncthing"),
    ("quay", "", ""), ("tài liệu/quay", ".dropbox", ""), ("Dropbox cũ đã bỏ/quay", "", ""), ("Box/quay", "", ""),
    ("onedrive-copy/quay", "", ""), (".local/share/quay-mot-cua", ".sync.db", ""),
])
def test_what_a_service_carries_is_known_by_its_name_and_its_marks(
    tmp_path: Path, folder: str, mark: str, service: str,
) -> None:
    inside = tmp_path / folder
    inside.mkdir(parents=True)
    if mark:
        (inside.parent / mark).touch()
    assert carried_by(inside, {}) == service


def test_onedrive_says_itself_where_it_is(tmp_path: Path) -> None:
    said = {"OneDriveCommercial": str(tmp_path / "Của cơ quan"), "OneDrive": "", "HOME": str(tmp_path)}
    assert carried_by(tmp_path / "Của cơ quan" / "quay", said) == "OneDrive"
    assert carried_by(tmp_path / "quay", said) == ""


def test_a_book_in_such_a_folder_is_refused_before_the_first_byte(tmp_path: Path) -> None:
    folder = tmp_path / "OneDrive"
    with pytest.raises(EnvironmentFault, match="cloud_folder") as fault:
        open_and_close(folder, None)
    assert fault.value.values == {"folder": str(folder / "office"), "service": "OneDrive"}
    assert files_under(tmp_path) == set()
