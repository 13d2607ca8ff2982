"""What is known of a digitised paper that somebody looks at, and how it leaves the store as a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete

from app.domain.digitised import RESULT, PaperAbout
from app.errors import Refusal
from app.services.export_document import export_name, put_export
from app.services.filed_paper import Custody, FiledPaper, filed_paper
from app.store.queries.papers import confirm_file, files_waiting
from app.store.tables import files
from tests.app.services.scans import COMPARED, GOOD, check, page_bytes, scan_and_file
from tests.office import Office, sample_intake


def look(office: Office, code: str, requirement: str = "1") -> FiledPaper:
    with office.application.database.reading() as connection:
        return filed_paper(connection, code, requirement)


def received(office: Office) -> str:
    return office.receive(sample_intake("a")).dossier.code


def test_every_version_is_told_with_its_own_checks_and_author(office: Office) -> None:
    code = received(office)
    scan_and_file(office, sample_intake("a"), code, "1", seed=1, about=PaperAbout(number="01/GX"))
    office.clock.advance(timedelta(minutes=5))
    scan_and_file(office, sample_intake("a"), code, "1", seed=2)
    check(office, code, "1", 2, intent="đối-chiếu")
    paper = look(office, code)
    assert [version.number for version in paper.versions] == [2, 1]
    assert (paper.newest.checks, paper.newest.checked_by) == (COMPARED, office.clerk.name)
    old = paper.version(1)
    assert old is not None and (old.checks, old.checked_by, old.paper.about.number) == (GOOD, "", "01/GX")
    assert {version.staff for version in paper.versions} == {office.clerk.id}
    assert (paper.place, paper.name, paper.newest.pages) == (1, "Tờ khai yêu cầu (Mẫu thử)", 2)
    assert paper.version(3) is None


def test_what_was_never_digitised_cannot_be_looked_at(office: Office) -> None:
    code = received(office)
    for requirement in ("1", "không-có"):
        with pytest.raises(Refusal, match="paper_not_digitised"):
            look(office, code, requirement)


def test_where_the_files_are_is_said_only_as_far_as_it_is_known(office: Office) -> None:
    code = received(office)
    scan_and_file(office, sample_intake("a"), code, "1", seed=1)
    assert (look(office, code).newest.custody, look(office, code).newest.since) == (Custody.WAITING, None)
    with office.application.database.writing() as connection:
        for file in files_waiting(connection):
            confirm_file(connection, file.sha256, office.clock.now())
    assert (look(office, code).newest.custody, look(office, code).newest.since) == (
        Custody.PROVINCE, office.clock.now())
    sha256 = look(office, code).newest.documents[0].sha256
    with office.application.database.writing() as connection:
        connection.execute(delete(files).where(files.c.sha256 == sha256))      # as after another counter's line
    assert (look(office, code).newest.custody, look(office, code).newest.since) == (Custody.ELSEWHERE, None)


@pytest.mark.parametrize(("place", "requirement", "type_code", "document", "name"), [
    (1, "1", "", 1, "H47.15-261123-0001_1_1_1.pdf"),
    (12, "tờ khai/Đ", "", 1, "H47.15-261123-0001_12_to-khai-d_1.pdf"),
    (2, "2", "KQ.G15.000123", 2, "H47.15-261123-0001_2_KQ.G15.000123_1_2.pdf"),
    (0, RESULT, "", 1, "H47.15-261123-0001_KQ_ket-qua_1.pdf"),
    (0, "9", "../..", 1, "H47.15-261123-0001_0_0_1.pdf"),
])
def test_an_export_is_called_by_dossier_place_kind_and_version(
    office: Office, place: int, requirement: str, type_code: str, document: int, name: str
) -> None:
    code = received(office)
    scan_and_file(office, sample_intake("a"), code, "1", seed=1, about=PaperAbout(type_code=type_code))
    paper = replace(look(office, code), place=place, requirement=requirement)
    made = export_name(paper, paper.newest, document)
    assert made == name and made.isascii()


def test_an_export_overwrites_nothing_and_is_made_once(tmp_path: Path) -> None:
    content, other = page_bytes(1), page_bytes(2)
    assert put_export(tmp_path, "a_1_1_1.pdf", content) == tmp_path / "a_1_1_1.pdf"
    assert put_export(tmp_path, "a_1_1_1.pdf", content) == tmp_path / "a_1_1_1.pdf"
    assert put_export(tmp_path, "a_1_1_1.pdf", other) == tmp_path / "a_1_1_1 (2).pdf"
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {
        "a_1_1_1.pdf": content, "a_1_1_1 (2).pdf": other,
    }


def test_a_folder_that_is_gone_is_said_by_the_files_name(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        put_export(tmp_path / "đã rút", "a_1_1_1.pdf", b"%PDF")
    assert (refused.value.code, refused.value.values) == ("file_unwritable", {"file": "a_1_1_1.pdf"})
