"""A stolen PC shows no citizen: nothing of a person stands in clear in any byte of the data folder."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select

from app.domain.applicant import Applicant, Person, Submitter
from app.domain.digitised import PaperAbout
from app.domain.scanning import Finding
from app.services.drafts import save_draft
from app.services.scan_tray import note_prepared, note_text, pages
from app.store.blobs import is_sha256
from app.store.queries.dossiers import Reach, search_names
from app.store.tables import dossiers
from tests.app.services.neighbour import Feed
from tests.app.services.scans import file_stacks, scan, stack_of
from tests.office import Office, make_office, reopen, sample_intake

CANARIES = {
    "name": "Hoàng Thị Chim Yến Lạ", "number": "079188765432", "phone": "0987654321",
    "email": "chim.yen@mau.example",
    "address": "Thôn Chim Hót Vang, Xã Lạ Kỳ",
    "submitter": "Vương Văn Sáo Sậu", "submitter number": "079088111222",
    "note": "ghi chú chim chóc riêng tư", "card": "079188765432|212345678|Hoàng Thị Chim Yến Lạ|01011988|Nữ|…",
    "draft": "bản nháp của Họa Mi", "notice": "thư của Sơn Ca gửi riêng",
    "page": "trang quét của Bồ Câu", "prepared": "trang đã nắn của Đại Bàng", "small": "ảnh nhỏ của Cú Mèo",
    "document": "tệp PDF của Chích Chòe", "found on a page": "mã vạch của Vành Khuyên",
    "read words": "chữ đọc được của Bìm Bịp",
    "excerpt": "trích yếu về Chào Mào", "signer": "Người Ký Họa Mi Đất",
}


def receive_canary(office: Office, turn: int) -> None:
    applicant = Applicant(Person(
        CANARIES["name"], CANARIES["number"], address=CANARIES["address"], phone=CANARIES["phone"],
        email=CANARIES["email"], card_text=CANARIES["card"],
    ))
    submitter = Submitter(Person(CANARIES["submitter"], CANARIES["submitter number"]), is_delegate=False)
    office.receive(replace(
        sample_intake(f"chim-{turn}"), applicant=applicant, submitter=submitter, note=CANARIES["note"],
    ))


def scan_canary(office: Office, turn: int) -> None:
    """Pages, what was made of them and the document, under a dossier that is received in between."""
    application, intent = office.application, f"quét-{turn}"
    content = f"{turn} {CANARIES['page']} ".encode() * 9_000           # several chunks
    page = scan(office, intent, content)
    with application.database.writing() as connection:
        prepared = note_prepared(
            connection, application.blobs, page.id, f"{turn} {CANARIES['prepared']}".encode(), "image/jpeg",
            f"{turn} {CANARIES['small']}".encode(), Finding(10, 10, 200, codes=(CANARIES["found on a page"],)),
        )
        assert note_text(
            connection, application.blobs, prepared, 0, f"{turn} {CANARIES['read words']}".encode()
        )
    code = office.receive(sample_intake(intent)).dossier.code
    document = stack_of(office, page, pdf=f"%PDF {turn} {CANARIES['document']}".encode())
    about = PaperAbout(excerpt=CANARIES["excerpt"], signer=CANARIES["signer"])
    file_stacks(office, code, "1", document, intent=f"số-hóa-{turn}", about=about)


def clear_text(folder: Path) -> dict[str, set[str]]:
    """Which canaries stand in which file, as UTF-8, UTF-16, JSON escapes or folded as search stores them."""
    found: dict[str, set[str]] = {}
    files = [file for file in folder.rglob("*") if file.is_file()]
    for file in files:
        content = file.read_bytes()
        for name, text in CANARIES.items():
            forms = {
                text.encode(), text.encode("utf-16-le"), text.encode("ascii", "backslashreplace"),
                text.lower().encode(), text[::-1].encode(),
            }
            forms |= {word.encode() for word in ("hoang thi chim yen la", "vuong van sao sau") if name == "name"}
            if any(form in content for form in forms):
                found.setdefault(str(file.relative_to(folder)), set()).add(name)
    assert {"counter.db", "counter.id"} <= {file.name for file in files}
    named = [file.name for file in files if "scans" in file.parts and file.parent.name != "incoming"]
    assert all(is_sha256(name) for name in named), "no name tells anything"
    return found


def test_no_byte_of_the_data_folder_tells_a_citizen(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    for turn in range(40):
        receive_canary(office, turn)
    with office.application.database.writing() as connection:
        save_draft(connection, intent="f", label="x", clerk="nv-1", form={"tên": CANARIES["draft"]},
                   now=office.clock.now())
    for turn in range(5):
        scan_canary(office, turn)
    feed = Feed(office)
    feed.add("notice", title="x", text=CANARIES["notice"])
    feed.give()
    assert (tmp_path / "office" / "counter.db-wal").stat().st_size > 0, "the log is looked at too"
    with office.application.database.reading() as connection:
        # The test of the test: what is asked for through the key is there.
        assert len(search_names(connection, "chim yen", Reach("2026-11-23", "quay-1", 1, 0))) == 40
        (page,) = pages(connection, "quét-3")
        assert CANARIES["page"].encode() in office.application.blobs.read(page.original.sha256)
        # A sort that does not fit memory must not spill to a file in clear either.
        connection.execute(select(dossiers).order_by(dossiers.c.applicant_name, dossiers.c.due_at)).all()
        assert clear_text(tmp_path) == {}
    office.application.close()
    assert clear_text(tmp_path) == {}


def test_nor_after_the_process_was_killed_in_the_middle(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    office.application.close()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            window = reopen(tmp_path, office.province, office.clock, seed=9)
            for turn in range(1_000_000):
                scan_canary(window, turn)
                receive_canary(window, turn)
                os.write(writing, b".")
        finally:
            os._exit(1)
    os.close(writing)
    try:
        with os.fdopen(reading, "rb") as told:
            assert told.read(5) == b"....."
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    assert clear_text(tmp_path) == {}


def test_an_error_of_the_database_tells_no_citizen_either(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    receive_canary(office, 1)
    office.application.close()
    again = reopen(tmp_path, office.province, office.clock)      # the same randomness: the same operation id
    try:
        receive_canary(again, 2)
        raise AssertionError("the operation id must collide")
    except Exception as error:
        said = repr(error) + str(error)
    again.application.close()
    assert "append-only" in said
    assert not [name for name, text in CANARIES.items() if text in said]

