"""A dossier as DongBoHoSoMC tells it. Pure: the same dossier and configuration give the same message.

Every field of the published message is there, "" or an empty list where nothing is known. No number is invented
for a citizen without one. A file's address is given only once the whole file is here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sync.gateway.bridge.configuration import Configuration
from sync.gateway.bridge.dossier import RESULT, Digitised, Dossier
from sync.gateway.bridge.life import UNFIT, Supplement
from sync.gateway.bridge.states import IN_HAND, Delivery, Money
from sync.gateway.bridge.values import Unsayable, digest, fit, text, truth, when


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent, the state in it, and what a person should know about it."""

    code: str                                      # MaHoSo
    status: str                                    # TrangThaiHoSo, as the province says it
    fields: Mapping[str, Any]
    cuts: tuple[str, ...]

    @property
    def digest(self) -> str:
        return digest(self.fields)


def dossier_message(dossier: Dossier, configuration: Configuration) -> Message:
    """Raises Unsayable."""
    code = dossier.code_there(configuration)
    try:
        said = {**_heart(dossier, configuration, code), **_lists(dossier, configuration)}
    except UNFIT as error:
        raise Unsayable("dossier_unreadable", type(error).__name__) from error
    fields, cuts = fit(said, configuration.limits)
    return Message(code, configuration.folded(dossier.life.business), fields, cuts)


def _heart(dossier: Dossier, configuration: Configuration, code: str) -> dict[str, Any]:
    intake, life, lists = dossier.intake, dossier.life, configuration.lists
    procedure = intake["procedure"]
    owner = _owner(intake)
    is_out = life.delivery in IN_HAND
    return {
        "MaHoSo": code,
        "MaTTHC": text(procedure["code"]) + configuration.procedure_suffix,
        "TenTTHC": text(procedure["name"]),
        "MaLinhVuc": configuration.field_codes.get(text(procedure.get("field")), ""),
        "TenLinhVuc": text(procedure.get("field")),
        "KenhThucHien": str(int(intake.get("channel", 1))),
        "SoBienNhan": dossier.number if dossier.number != code else "",
        "ChuHoSo": text(owner.get("full_name") or owner.get("name")),
        "LoaiDoiTuong": _kind_of_owner(intake),
        "MaDoiTuong": "",
        "SoGiayToChuHoSo": text(owner.get("personal_id") or owner.get("tax_code")),
        "ThongTinKhac": "",
        "Email": text(owner.get("email")),
        "Fax": "",
        "SoDienThoai": text(owner.get("phone")),
        "TrichYeuHoSo": _excerpt(procedure),
        "NgayTiepNhan": when(None if dossier.refused_at else life.received_at),
        "NgayHenTra": when(life.due_at),
        "TrangThaiHoSo": configuration.folded(life.business),
        "NgayTra": when(life.out_at if is_out else None),
        "ThongTinTra": _about_return(dossier),
        "HinhThuc": _way_back(dossier),
        "NgayKetThucXuLy": when(life.ended_at),
        "DonViXuLy": text(procedure.get("agency_name")),
        "GhiChu": text(intake.get("note")),
        "NgayTuChoi": when(dossier.refused_at),
        "NgayNopHoSo": when(life.received_at),
        "NoiNopHoSo": lists.filed["national" if dossier.national_code else "here"],
        "HoSoCoThanhPhanSoHoa": "1" if any(each.requirement != RESULT for each in dossier.digitised) else "0",
        "TaiKhoanDuocXacThucVoiVNeID": "0",
        "DuocThanhToanTrucTuyen": _payment(dossier, configuration),
    }


def _lists(dossier: Dossier, configuration: Configuration) -> dict[str, Any]:
    intake, lists = dossier.intake, configuration.lists
    given = [paper for paper in intake.get("papers", ()) if paper.get("status") == "present"]
    return {
        "DinhDanhCHS": _identity(_owner(intake), configuration),
        "DSKetNoiCSDL": [{"MaCSDL": each} for each in lists.databases],
        "TaiLieuNop": _documents(dossier, configuration, given),
        "DanhSachLePhi": [_fee(fee, intake, configuration) for fee in intake.get("fees", ())],
        "DanhSachTepDinhKemKhac": [
            line for paper in given if not paper.get("requirement") for line in _counted(paper, configuration)
        ],
        "DanhSachHoSoBoSung": [_supplement(each, dossier, configuration) for each in dossier.life.supplements],
        "DanhSachGiayToKetQua": _result(dossier, configuration),
    }


def _owner(intake: Mapping[str, Any]) -> Mapping[str, Any]:
    applicant = intake["applicant"]
    found: Mapping[str, Any] = applicant.get("person") or applicant["organisation"]
    return found


def _kind_of_owner(intake: Mapping[str, Any]) -> str:
    """1 a citizen, 2 an enterprise (it has a tax code), 4 another body."""
    organisation = intake["applicant"].get("organisation")
    if not organisation:
        return "1"
    return "2" if organisation.get("tax_code") else "4"


def _excerpt(procedure: Mapping[str, Any]) -> str:
    return " – ".join(part for part in (text(procedure["name"]), text(procedure.get("case_name"))) if part)


def _about_return(dossier: Dossier) -> str:
    life = dossier.life
    if life.delivery not in IN_HAND:
        return ""
    result = life.result or {}
    said = (result.get("kind"), result.get("number"), result.get("summary"), life.item_code)
    return "; ".join(text(part) for part in said if text(part))


def _way_back(dossier: Dossier) -> str:
    """0 at the counter, 1 by post: as it went, or else as the citizen asked."""
    match dossier.life.delivery:
        case Delivery.RETURNED:
            return "0"
        case Delivery.POSTED | Delivery.DELIVERED:
            return "1"
        case _:
            return "1" if dossier.intake.get("return_method") == "post" else "0"


def _payment(dossier: Dossier, configuration: Configuration) -> str:
    said = configuration.lists.payment
    if dossier.life.paid_by == "online":
        return said["online"]
    owes = dossier.life.money in (Money.DUE, Money.TAKEN) and bool(dossier.intake.get("fees"))
    return said["other" if owes else "none"]


def _identity(owner: Mapping[str, Any], configuration: Configuration) -> list[dict[str, str]]:
    number = text(owner.get("personal_id"))
    if not number:
        return []
    is_number = number.isascii() and number.isdigit()
    kind = {12: "1", 9: "2"}.get(len(number), "") if is_number else ""
    kind = kind or configuration.lists.other_identifier
    return [{"LoaiDinhDanh": kind, "SoDinhDanh": number}] if kind else []


def _fee(fee: Mapping[str, Any], intake: Mapping[str, Any], configuration: Configuration) -> dict[str, str]:
    amount, lists = fee.get("amount"), configuration.lists
    return {
        "TenPhiLePhi": text(fee["name"]),
        "MaPhiLePhi": "",
        "HinhThucThu": lists.fee_timing.get(str(intake.get("fee_timing", "before")), ""),
        "Gia": str(int(amount)) if amount is not None else "",     # not known is not 0
        "LoaiPhiLePhi": lists.fee_kinds.get(str(fee.get("kind")), ""),
    }


def _documents(
    dossier: Dossier, configuration: Configuration, given: Iterable[Mapping[str, Any]],
) -> list[dict[str, str]]:
    """Each paper handed in with its files; a paper without one is there too. Replaced files are said deleted."""
    rows: list[dict[str, str]] = []
    brought = [paper for each in dossier.life.supplements for paper in each.papers
               if paper.get("status") == "present"]
    seen: set[str] = set()
    for paper in (*given, *brought):
        requirement = text(paper.get("requirement"))
        if not requirement or requirement in seen:
            continue
        seen.add(requirement)
        name, newest = text(paper.get("name")), dossier.documents_of(requirement)
        files = newest.documents if newest else ()
        rows += [_document(dossier, configuration, requirement, name, newest, one) for one in files or ("",)]
        rows += [_document(dossier, configuration, requirement, name, newest, one, is_deleted=True)
                 for one in dossier.replaced_documents(requirement)]
    return rows


def _document(
    dossier: Dossier, configuration: Configuration, requirement: str, name: str, paper: Digitised | None,
    sha256: str, *, is_deleted: bool = False,
) -> dict[str, str]:
    status = paper.status if paper else 0
    return {
        "TepDinhKemId": sha256,
        "TenTepDinhKem": name,
        "IsDeleted": truth(is_deleted),
        "MaThanhPhanHoSo": requirement,
        "DuongDanTaiTepTin": "" if is_deleted else _link(dossier, configuration, sha256),
        "DuocSoHoa": "1" if sha256 else "0",
        "DuocTaiSuDung": {2: "1", 3: "2"}.get(status, "0"),
        "DuocLayTuKhoDMQG": "0",
        "MaKetQuaThayThe": "",
    }


def _link(dossier: Dossier, configuration: Configuration, sha256: str) -> str:
    if not sha256 or not configuration.file_link or sha256 not in dossier.stored:
        return ""
    return configuration.file_link.replace("{sha256}", sha256)


def _counted(paper: Mapping[str, Any], configuration: Configuration) -> list[dict[str, str]]:
    return [
        {"TenGiayTo": text(paper.get("name")), "SoLuong": str(int(paper[kind])), "LoaiGiayTo": code}
        for kind, code in configuration.lists.paper_kinds.items() if paper.get(kind)
    ]


def _supplement(request: Supplement, dossier: Dossier, configuration: Configuration) -> dict[str, Any]:
    is_answered = request.received_at is not None
    papers = [paper for paper in request.papers if paper.get("status") == "present"]
    return {
        "HoSoBoSungId": request.id,
        "NguoiYeuCauBoSung": text(request.asked_by),
        "NoiDungBoSung": text(request.asks),
        "NgayBoSung": when(request.asked_at),
        "NguoiTiepNhanBoSung": text(request.received_by),
        "ThongTinTiepNhan": text(request.note),
        "NgayTiepNhanBoSung": when(request.received_at),
        "TrangThaiBoSung": configuration.lists.supplement_states["received" if is_answered else "asked"],
        "DanhSachGiayToBoSung": [line for paper in papers for line in _counted(paper, configuration)],
        "DanhSachLePhiBoSung": [],
        "NgayHenTraTruoc": when(request.due_before),
        "NgayHenTraMoi": when(request.due_after if is_answered else None),
    }


def _result(dossier: Dossier, configuration: Configuration) -> list[dict[str, str]]:
    result, newest = dossier.life.result, dossier.documents_of(RESULT)
    if result is None and newest is None:
        return []
    about = result or {}
    return [
        {
            "TenGiayTo": text(about.get("kind")) or (newest.name if newest else ""),
            "MaThanhPhanHoSo": "",
            "GiayToId": sha256 or dossier.life.result_event,
            "DuongDanTepTinKetQua": _link(dossier, configuration, sha256),
            "MaGiayToKetQua": text(about.get("number")),
        }
        for sha256 in (newest.documents if newest else ("",))
    ]
