"""DongBoHoSoMC: every field of the published list, all of it text, nothing invented, nothing cut unsaid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.applicant import Applicant, Organisation, Person
from app.domain.body import to_body
from app.domain.intake import ChargedFee, FeeTiming, Intake, PaperGiven, PaperStatus, ReturnMethod
from app.domain.life import facts as said
from app.domain.life.facts import Facts, kind_of
from sync.gateway.bridge.configuration import CodeUsed, Lists
from sync.gateway.bridge.dossier import Digitised, Dossier
from sync.gateway.bridge.dossier_message import dossier_message
from sync.gateway.bridge.events import Event
from sync.gateway.bridge.life import begin, fold
from sync.gateway.bridge.states import State
from sync.gateway.bridge.values import Unsayable, fit, folded, text, when
from tests.office import sample_intake
from tests.sync.gateway.bridge.dossiers import DUE_AT, RECEIVED_AT, configuration, dossier_body, online

NUMBER = "H47.15-260921-0001"
FIELDS = [
    "MaHoSo", "MaTTHC", "TenTTHC", "MaLinhVuc", "TenLinhVuc", "KenhThucHien", "SoBienNhan", "ChuHoSo",
    "LoaiDoiTuong", "MaDoiTuong", "SoGiayToChuHoSo", "ThongTinKhac", "Email", "Fax", "SoDienThoai",
    "TrichYeuHoSo", "NgayTiepNhan", "NgayHenTra", "TrangThaiHoSo", "NgayTra", "ThongTinTra", "HinhThuc",
    "NgayKetThucXuLy", "DonViXuLy", "GhiChu", "NgayTuChoi", "NgayNopHoSo", "NoiNopHoSo",
    "HoSoCoThanhPhanSoHoa", "TaiKhoanDuocXacThucVoiVNeID", "DuocThanhToanTrucTuyen", "DinhDanhCHS",
    "DSKetNoiCSDL", "TaiLieuNop", "DanhSachLePhi", "DanhSachTepDinhKemKhac", "DanhSachHoSoBoSung",
    "DanhSachGiayToKetQua",
]
"""The published list, in its order."""

A, B = "a" * 64, "b" * 64


def lived(*happened: Facts, intake: Intake | None = None, **more: Any) -> Dossier:
    """A dossier after these events, an hour apart."""
    body = dossier_body(NUMBER, intake)
    events = [
        Event(f"e{n}", f"e{n - 1}" if n > 1 else "", RECEIVED_AT + timedelta(hours=n), str(kind_of(each)),
              to_body(each), "Trần Thị Mẫu", "Xã Thử")
        for n, each in enumerate(happened, start=1)
    ]
    life = fold(begin(body, "Trần Thị Mẫu", "Xã Thử"), events)
    assert life.set_aside == []
    return Dossier(NUMBER, body, life, **more)


def told(dossier: Dossier, **changes: Any) -> dict[str, Any]:
    return dict(dossier_message(dossier, configuration(**changes)).fields)


DONE: tuple[Facts, ...] = (
    said.HandedOver("m1"), said.Acknowledged("m1", said.LineVerdict.ACCEPTED),
    said.ResultIn(said.ResultPaper("Phiếu lý lịch tư pháp", "12/LLTP"), "A1"),
)
RETURNED = said.Returned(said.Collector(said.CollectorRole.OWNER, "Nguyễn Thị Mẫu", "049190004217"))
OWNER = said.Receiver("Nguyễn Thị Mẫu", "0905000123", "1 đường Thử")


def test_a_newly_received_dossier_says_every_published_field_in_its_order() -> None:
    fields = told(lived())
    assert list(fields) == FIELDS
    assert {name: fields[name] for name in FIELDS[:31]} == {
        "MaHoSo": NUMBER, "MaTTHC": "3.000333", "TenTTHC": "Cấp Phiếu lý lịch tư pháp cho công dân Việt Nam",
        "MaLinhVuc": "", "TenLinhVuc": "Lý lịch tư pháp", "KenhThucHien": "1", "SoBienNhan": "",
        "ChuHoSo": "Nguyễn Thị Mẫu Ánh", "LoaiDoiTuong": "1", "MaDoiTuong": "", "SoGiayToChuHoSo": "049190004217",
        "ThongTinKhac": "", "Email": "", "Fax": "", "SoDienThoai": "0905000123",
        "TrichYeuHoSo": "Cấp Phiếu lý lịch tư pháp cho công dân Việt Nam – Cá nhân",
        "NgayTiepNhan": "20260921083015", "NgayHenTra": "20260930170000", "TrangThaiHoSo": "2", "NgayTra": "",
        "ThongTinTra": "", "HinhThuc": "0", "NgayKetThucXuLy": "", "DonViXuLy": "Công an tỉnh Mẫu", "GhiChu": "",
        "NgayTuChoi": "", "NgayNopHoSo": "20260921083015", "NoiNopHoSo": "2", "HoSoCoThanhPhanSoHoa": "0",
        "TaiKhoanDuocXacThucVoiVNeID": "0", "DuocThanhToanTrucTuyen": "3",
    }
    assert fields["DinhDanhCHS"] == [{"LoaiDinhDanh": "1", "SoDinhDanh": "049190004217"}]
    assert fields["DanhSachLePhi"] == [{"TenPhiLePhi": "Phí cấp phiếu", "MaPhiLePhi": "", "HinhThucThu": "1",
                                        "Gia": "200000", "LoaiPhiLePhi": "1"}]
    assert [row["MaThanhPhanHoSo"] for row in fields["TaiLieuNop"]] == ["1", "2", "3"]
    assert {row["DuocSoHoa"] for row in fields["TaiLieuNop"]} == {"0"}


@pytest.mark.parametrize(("happened", "state"), [
    ((), "2"),
    (DONE[:1], "2"),
    (DONE[:2], "4"),
    ((said.SupplementAsked(1, (said.Gap("Bản đồ"),), "thiếu"),), "5"),
    ((*DONE[:2], said.AgencySaid(6)), "6"),
    ((said.Withdrawn("đổi ý", "Mẫu"),), "7"),
    ((*DONE[:2], said.AgencySaid(8)), "8"),
    (DONE, "9"),
    ((*DONE, RETURNED), "10"),
    ((*DONE, RETURNED, said.Recalled("e4", "nhầm người")), "9"),
])
def test_the_true_state_is_said_and_a_province_folds_only_what_it_names(
    happened: tuple[Facts, ...], state: str,
) -> None:
    dossier = lived(*happened)
    assert told(dossier)["TrangThaiHoSo"] == state
    folds = {"5": "9", "6": "9", "8": "9"}
    assert told(dossier, folds=folds)["TrangThaiHoSo"] == folds.get(state, state)
    assert str(int(dossier.life.business)) == state            # inside nothing was folded


def test_a_returned_dossier_says_when_it_was_done_and_when_and_how_it_was_returned() -> None:
    at_counter = told(lived(*DONE, RETURNED))
    assert (at_counter["NgayKetThucXuLy"], at_counter["NgayTra"]) == ("20260921113015", "20260921123015")
    assert (at_counter["HinhThuc"], at_counter["ThongTinTra"]) == ("0", "Phiếu lý lịch tư pháp; 12/LLTP")
    assert at_counter["DanhSachGiayToKetQua"] == [{
        "TenGiayTo": "Phiếu lý lịch tư pháp", "MaThanhPhanHoSo": "", "GiayToId": "e3", "DuongDanTepTinKetQua": "",
        "MaGiayToKetQua": "12/LLTP"}]
    posted = (*DONE, said.Posted("EA123456785VN", OWNER))
    on_its_way = told(lived(*posted))
    assert (on_its_way["HinhThuc"], on_its_way["NgayTra"], on_its_way["TrangThaiHoSo"]) == ("1", "", "9")
    there = told(lived(*posted, said.PostSaid("EA123456785VN", said.PostWord.DELIVERED, RECEIVED_AT)))
    assert (there["TrangThaiHoSo"], there["NgayTra"]) == ("10", "20260921133015")
    assert there["ThongTinTra"].endswith("; EA123456785VN")


def test_a_supplement_is_told_from_its_request_to_the_new_date() -> None:
    asked = said.SupplementAsked(1, (said.Gap("Bản đồ"), said.Gap("Ảnh")), "chưa đủ")
    brought = said.SupplementReceived(
        1, (PaperGiven("4", "Bản đồ", PaperStatus.PRESENT, True, originals=1, copies=2),),
        said.NewDue(DUE_AT + timedelta(days=3)), note="đủ rồi")
    (open_one,) = told(lived(asked))["DanhSachHoSoBoSung"]
    assert (open_one["NoiDungBoSung"], open_one["TrangThaiBoSung"]) == ("Bản đồ; Ảnh. chưa đủ", "0")
    assert (open_one["NgayTiepNhanBoSung"], open_one["NgayHenTraMoi"]) == ("", "")
    fields = told(lived(asked, brought))
    (answered,) = fields["DanhSachHoSoBoSung"]
    assert (answered["TrangThaiBoSung"], answered["NgayTiepNhanBoSung"]) == ("1", "20260921103015")
    assert (answered["NgayHenTraTruoc"], answered["NgayHenTraMoi"]) == ("20260930170000", "20261003170000")
    assert answered["DanhSachGiayToBoSung"] == [
        {"TenGiayTo": "Bản đồ", "SoLuong": "1", "LoaiGiayTo": "1"},
        {"TenGiayTo": "Bản đồ", "SoLuong": "2", "LoaiGiayTo": "3"}]
    assert "4" in [row["MaThanhPhanHoSo"] for row in fields["TaiLieuNop"]]
    assert fields["NgayHenTra"] == "20261003170000"


def test_a_file_is_linked_once_it_is_here_and_said_deleted_once_it_is_replaced() -> None:
    link = "https://tep.mau.example/{sha256}"
    papers = (Digitised("1", 1, 1, (A,)), Digitised("1", 2, 2, (B,)))
    waiting = told(lived(digitised=papers), file_link=link)["TaiLieuNop"]
    here = told(lived(digitised=papers, stored=frozenset({B})), file_link=link)
    assert [(row["TepDinhKemId"], row["DuongDanTaiTepTin"], row["IsDeleted"]) for row in waiting[:2]] == [
        (B, "", "False"), (A, "", "True")]
    assert here["TaiLieuNop"][0] | {"TenTepDinhKem": ""} == {
        "TepDinhKemId": B, "TenTepDinhKem": "", "IsDeleted": "False", "MaThanhPhanHoSo": "1",
        "DuongDanTaiTepTin": f"https://tep.mau.example/{B}", "DuocSoHoa": "1", "DuocTaiSuDung": "1",
        "DuocLayTuKhoDMQG": "0", "MaKetQuaThayThe": ""}
    assert here["HoSoCoThanhPhanSoHoa"] == "1"


@pytest.mark.parametrize(("number", "kind"), [
    ("049190004217", "1"), ("205123456", "2"), ("B1234567", None), ("", None), ("12345", None),
])
def test_an_identity_number_is_said_with_its_kind_and_never_invented(number: str, kind: str | None) -> None:
    fields = told(lived(intake=sample_intake("i", personal_id=number)))
    assert fields["SoGiayToChuHoSo"] == number
    assert fields["DinhDanhCHS"] == ([{"LoaiDinhDanh": kind, "SoDinhDanh": number}] if kind else [])


def test_a_passport_has_the_kind_that_the_province_gives_it() -> None:
    dossier = lived(intake=sample_intake("i", personal_id="B1234567"))
    assert told(dossier, lists=Lists(other_identifier="5"))["DinhDanhCHS"] == [
        {"LoaiDinhDanh": "5", "SoDinhDanh": "B1234567"}]


@pytest.mark.parametrize(("organisation", "kind"), [
    (Organisation("Công ty Thử", "4000123457"), "2"), (Organisation("Hội Mẫu"), "4"),
])
def test_an_organisation_is_no_citizen(organisation: Organisation, kind: str) -> None:
    fields = told(lived(intake=replace(sample_intake("i"), applicant=Applicant(organisation=organisation))))
    assert (fields["LoaiDoiTuong"], fields["SoGiayToChuHoSo"]) == (kind, organisation.tax_code)
    assert fields["DinhDanhCHS"] == []


@pytest.mark.parametrize(("changes", "paid", "expected"), [
    ({}, (), "3"),
    ({"fees": ()}, (), "0"),
    ({"fees": (ChargedFee("Lệ phí", "charge", 0),)}, (), "0"),
    ({"fee_timing": FeeTiming.EXEMPT, "exemption_reason": "trẻ em"}, (), "0"),
    ({"fee_timing": FeeTiming.AFTER}, (), "3"),
    ({"fee_timing": FeeTiming.AFTER}, (said.FeeTaken(said.MoneyTaken(200_000, "online")),), "2"),
    ({"fee_timing": FeeTiming.AFTER}, (said.FeeTaken(said.MoneyTaken(200_000, "cash")),), "3"),
])
def test_how_the_fee_was_paid(changes: dict[str, Any], paid: tuple[Facts, ...], expected: str) -> None:
    assert told(lived(*paid, intake=replace(sample_intake("i"), **changes)))["DuocThanhToanTrucTuyen"] == expected


def test_an_unknown_amount_is_not_zero() -> None:
    intake = replace(sample_intake("i"), fees=(ChargedFee("Phí", "fee", None), ChargedFee("Lệ phí", "charge", 0)))
    assert [(row["Gia"], row["LoaiPhiLePhi"]) for row in told(lived(intake=intake))["DanhSachLePhi"]] == [
        ("", "1"), ("0", "2")]


def test_filed_online_it_keeps_the_national_code_and_ours_is_the_receipt() -> None:
    fields = told(lived(intake=online("G22.99-260920-0007")))
    assert (fields["MaHoSo"], fields["SoBienNhan"]) == ("G22.99-260920-0007", NUMBER)
    assert (fields["KenhThucHien"], fields["NoiNopHoSo"]) == ("2", "1")


def test_a_province_that_gives_its_own_code_has_ours_as_the_receipt() -> None:
    fields = told(lived(aliases=("H47.15-260921-0900",)), code=CodeUsed.ALIAS)
    assert (fields["MaHoSo"], fields["SoBienNhan"]) == ("H47.15-260921-0900", NUMBER)
    with pytest.raises(Unsayable, match="alias_missing"):
        told(lived(), code=CodeUsed.ALIAS)


def test_return_by_post_is_said_as_asked_for_until_it_went() -> None:
    intake = replace(sample_intake("i"), return_method=ReturnMethod.POST, return_address="1 đường Thử")
    assert told(lived(intake=intake))["HinhThuc"] == "1"
    assert told(lived(*DONE, RETURNED, intake=intake))["HinhThuc"] == "0"


def test_what_is_too_long_is_cut_visibly_and_named() -> None:
    procedure = sample_intake("i").procedure
    assert procedure is not None
    long = replace(sample_intake("i"), procedure=replace(procedure, name="Đ" * 1_200))
    message = dossier_message(lived(intake=long), configuration())
    assert len(message.fields["TrichYeuHoSo"]) == 1_000 and message.fields["TrichYeuHoSo"].endswith("Đ…")
    assert message.cuts == ("TrichYeuHoSo 1210>1000",)
    assert len(message.fields["TenTTHC"]) == 1_200             # no limit of it is known
    assert dossier_message(lived(), configuration()).cuts == ()


def test_a_code_is_never_cut() -> None:
    with pytest.raises(Unsayable, match="code_too_long"):
        told(lived(intake=online("H47." + "1" * 60)))


def test_a_dossier_of_another_shape_says_so_and_nothing_else() -> None:
    dossier = lived()
    broken = {**dossier.body, "intake": {**dossier.intake, "procedure": None}}
    with pytest.raises(Unsayable, match="dossier_unreadable"):
        told(replace(dossier, body=broken))


def test_what_was_refused_online_is_state_three_with_its_day() -> None:
    dossier = lived(intake=online("G22.99-260920-0007"))
    dossier.life.business = State.NOT_RECEIVED
    fields = told(replace(dossier, refused_at=RECEIVED_AT + timedelta(hours=1)))
    assert (fields["TrangThaiHoSo"], fields["NgayTuChoi"], fields["NgayTiepNhan"]) == ("3", "20260921093015", "")


people = st.builds(
    Person, full_name=st.text(min_size=1), personal_id=st.text(max_size=20), phone=st.text(max_size=20),
    email=st.text(max_size=30), birth_date=st.none() | st.dates(date(1900, 1, 1)),
)


@settings(max_examples=40, deadline=None)
@given(person=people, note=st.text(), channel=st.sampled_from((1, 2, 3)), amount=st.none() | st.integers(0, 10**9),
       limit=st.integers(2, 40))
def test_whatever_was_typed_every_value_is_text_that_fits(
    person: Person, note: str, channel: int, amount: int | None, limit: int,
) -> None:
    intake = replace(sample_intake("i"), applicant=Applicant(person), note=note, channel=channel,
                     fees=(ChargedFee("Phí", "fee", amount),))
    message = dossier_message(lived(intake=intake), configuration(limits={"ChuHoSo": limit, "GhiChu": limit}))
    assert list(message.fields) == FIELDS
    assert all(type(each) is str for each in leaves(message.fields))
    for name, typed in (("ChuHoSo", person.full_name), ("GhiChu", note)):
        value, plain = message.fields[name], text(typed)
        was_cut = any(cut.startswith(f"{name} ") for cut in message.cuts)
        assert len(value) <= limit and was_cut == (len(plain) > limit)
        assert value == plain or (value.endswith("…") and plain.startswith(value[:-1]))
    again = dossier_message(lived(intake=intake), configuration(limits={"ChuHoSo": limit, "GhiChu": limit}))
    assert again.digest == message.digest


def test_values_as_the_message_writes_them() -> None:
    assert when(RECEIVED_AT) == "20260921083015" and when(None) == ""
    assert when(RECEIVED_AT.replace(hour=18)) == "20260922013015"      # the day is Việt Nam's
    assert folded("Hồ sơ ĐÃ  TỒN TẠI") == "ho so da ton tai"
    assert text("Nguyễn\u0000 A") == "Nguyễn A"
    assert fit({"TenGiayTo": "x" * 2_001, "a": [{"NguoiXuLy": "y" * 51}]}, {})[1] == (
        "TenGiayTo 2001>2000", "a[0].NguoiXuLy 51>50")


def leaves(value: Any) -> Iterator[Any]:
    """Everything in it that is neither list nor object."""
    if isinstance(value, Mapping):
        for each in value.values():
            yield from leaves(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from leaves(each)
    else:
        yield value
