from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.catalogue_search import CatalogueSearch, Why
from tests.app.domain.catalogues import catalogue, procedure, starter

STARTER = CatalogueSearch(starter())

# What clerks type → the procedure they mean.
QUERIES = [
    ("ly lich", "3.000333"), ("lý lịch", "3.000333"), ("lltp", "3.000333"), ("phieu ly lich so 2", "3.000333"),
    ("an tich", "3.000333"), ("lí lịch tư pháp", "3.000333"), ("LÝ LỊCH", "3.000333"),
    ("bang lai", "3.000347"), ("đổi bằng lái", "3.000347"), ("gplx", "3.000347"), ("doi gplx", "3.000347"),
    ("mat bang lai", "3.000348"), ("lam lai bang lai", "3.000348"), ("cap lai gplx", "3.000348"),
    ("sat hach", "3.000346"), ("bang lai quoc te", "3.000353"), ("bằng nước ngoài", "3.000351"),
    ("ho chieu", "1.001456"), ("hộ chiếu", "1.001456"), ("passport", "1.001456"), ("hchieu", "1.001456"),
    ("mat ho chieu", "1.001445"), ("can cuoc", "1.014063"), ("cccd", "1.014063"), ("mất căn cước", "1.014064"),
    ("cmnd cu", "1.012566"), ("thuong tru", "1.004222"), ("nhap khau", "1.004222"), ("hộ khẩu", "1.004222"),
    ("tam tru", "1.004194"), ("gia han tam tru", "1.002755"), ("tach ho", "1.010038"), ("ct07", "1.010041"),
    ("doi chu ho", "1.010039"), ("tam vang", "1.003677"),
    ("khai sinh", "1.001193"), ("giay khai sinh", "1.001193"), ("dang ky kh sinh", "1.001193"),
    ("sinh khai", "1.001193"), ("dkks", "1.001193"), ("thu tuc khai sinh", "1.001193"), ("khaisinh", "1.001193"),
    ("mat giay khai sinh", "1.004884"), ("sao khai sinh", "2.000635"), ("trích lục", "2.000635"),
    ("ket hon", "1.000894"), ("đăng ký kết hôn", "1.000894"), ("dkkh", "1.000894"), ("khai tu", "1.000656"),
    ("chung tu", "1.000656"), ("doc than", "1.004873"), ("hon nhan", "1.004873"), ("cai chinh", "1.004859"),
    ("doi ten", "1.004859"), ("nhận cha con", "1.001022"), ("giam ho", "1.004837"),
    ("sao y", "2.000815"), ("cong chung", "2.000815"), ("chứng thực bản sao", "2.000815"),
    ("chung thuc chu ky", "2.000884"), ("sổ gốc", "2.000908"), ("di chuc", "2.001019"),
    ("hop dong mua ban", "2.001035"), ("mua ban nha", "2.001035"),
    ("so do", "1.012783"), ("đổi sổ đỏ", "1.012783"), ("mat so do", "1.012786"), ("tach thua", "1.012784"),
    ("chia đất", "1.012784"), ("đính chính", "1.012790"), ("muc dich dat", "1.013992"), ("xoa no", "1.013988"),
    ("tranh chap dat", "1.012812"), ("hoà giải", "1.012812"), ("hòa giải", "1.012812"),
    ("giay phep xay dung", "1.013225"), ("xay nha", "1.013225"), ("gpxd", "1.013225"), ("quy hoach", "1.014159"),
    ("via he", "1.013274"), ("dung rap", "1.013274"), ("ho kinh doanh", "1.001612"), ("hkd", "1.001612"),
    ("mo quan", "1.001612"), ("đóng cửa hộ kinh doanh", "1.001266"), ("nghi ban", "1.001570"),
    ("doi ten ho kinh doanh", "2.000720"), ("cong ty tnhh", "2.001583"), ("mo cong ty", "2.001583"),
    ("hai thanh vien", "2.001199"), ("doanh nghiep tu nhan", "2.001610"), ("tam ngung cong ty", "2.002029"),
    ("bang khen", "2.000422"), ("khen thuong", "2.000422"), ("an toan thuc pham", "2.001827"),
    ("attp", "2.001827"), ("quan an", "1.013855"), ("kiem dinh vien", "1.002589"), ("work permit", "1.014199"),
    ("giấy phép lao động", "1.014199"), ("thu nhap thap", "3.000412"), ("bang tot nghiep", "1.005092"),
    ("mam non", "1.000288"), ("ca nhac", "1.009397"), ("ho ngheo", "1.011607"), ("cay xang", "2.000648"),
]

CODES = [
    ("3.000333", "3.000333"), ("3.000333.000.00.00.H47", "3.000333"), ("3.000333.H56", "3.000333"),
    ("3000333", "3.000333"), ("000333", "3.000333"), ("3.00033", "3.000333"), (" 1.001193 ", "1.001193"),
    ("mã 1.001193 khai sinh", "1.001193"), ("012784", "1.012784"),
]

TYPOS = [("khai sinj", "1.001193"), ("ket hom", "1.000894"), ("ho chieeu", "1.001456"), ("kahi sinh", "1.001193"),
         ("tach thuaa", "1.012784"), ("lý lịhc", "3.000333")]


def codes(search: CatalogueSearch, query: str, limit: int = 5) -> list[str]:
    return [hit.procedure.code for hit in search.find(query, limit)]


@pytest.mark.parametrize(("query", "code"), QUERIES + CODES + TYPOS)
def test_the_right_procedure_is_among_the_first_five(query: str, code: str) -> None:
    assert code in codes(STARTER, query)


@pytest.mark.parametrize(("query", "code"), CODES)
def test_a_code_is_found_as_a_code(query: str, code: str) -> None:
    assert STARTER.find(query)[0].why is Why.CODE


def test_the_beginning_of_a_code_brings_codes_in_their_order() -> None:
    found = codes(STARTER, "3.0003")
    assert found == sorted(found) and found[0] == "3.000333"


@pytest.mark.parametrize(("query", "field"), [
    ("hộ tịch", "Hộ tịch"), ("dat dai", "Đất đai"), ("chứng thực", "Chứng thực"), ("giảm nghèo", "Giảm nghèo"),
])
def test_a_field_brings_its_procedures(query: str, field: str) -> None:
    assert {hit.procedure.field for hit in STARTER.find(query, 5)} == {field}


@pytest.mark.parametrize(("query", "why"), [
    ("khai sinh", Why.NAME), ("bằng lái", Why.KEYWORD), ("dkkh", Why.INITIALS), ("khai sinj", Why.TYPO),
    ("mua đất trả góp hợp đồng", Why.PARTIAL),
])
def test_a_hit_says_why_it_is_one(query: str, why: Why) -> None:
    assert STARTER.find(query)[0].why is why


@pytest.mark.parametrize("query", ["", "   ", "?!", "xyzzy", "9.999999", "zz"])
def test_nothing_is_found_where_nothing_fits(query: str) -> None:
    assert STARTER.find(query) == []


@pytest.mark.parametrize("code", [item.code for item in starter().procedures])
def test_every_procedure_is_found_by_its_code_and_by_its_name(code: str) -> None:
    found = {item.code: item for item in starter().procedures}[code]
    assert codes(STARTER, code)[0] == code
    assert codes(STARTER, found.name, 1) == [code]


def search_of(*names: str, **fields: object) -> CatalogueSearch:
    return CatalogueSearch(catalogue(
        *(procedure(f"1.00000{at}", name) for at, name in enumerate(names)), **fields))


def test_marks_decide_between_names_that_are_equal_without_them() -> None:
    search = search_of("Thuê nhà", "Thuế nhà")
    assert codes(search, "thuê nhà") == ["1.000000", "1.000001"]
    assert codes(search, "thuế nhà") == ["1.000001", "1.000000"]


def test_a_whole_syllable_goes_before_a_beginning() -> None:
    assert codes(search_of("Hoàn thuế", "Hoa cảnh"), "hoa")[0] == "1.000001"


def test_the_order_of_syllables_does_not_matter_but_the_phrase_goes_first() -> None:
    search = search_of("Đất mượn của nhà nước", "Nhà đất")
    assert codes(search, "nhà đất") == ["1.000001", "1.000000"]
    assert codes(search, "đất nhà") == ["1.000001", "1.000000"]


def test_what_the_office_may_receive_goes_before_equals() -> None:
    search = search_of("Cấp giấy phép A", "Cấp giấy phép B", receivable=frozenset({"1.000001"}))
    assert [(hit.procedure.code, hit.is_receivable) for hit in search.find("cấp giấy phép")] == [
        ("1.000001", True), ("1.000000", False)]


def test_a_procedure_not_valid_on_the_day_is_not_offered() -> None:
    ended = procedure("1.000001", "Thủ tục cũ", valid_to=date(2026, 6, 30))
    begins = procedure("1.000002", "Thủ tục cũ, bản mới", valid_from=date(2026, 7, 1))
    search = CatalogueSearch(catalogue(ended, begins))

    def on(day: date | None) -> set[str]:
        return {hit.procedure.code for hit in search.find("thủ tục cũ", on=day)}

    assert on(date(2026, 6, 30)) == {"1.000001"}
    assert on(date(2026, 7, 1)) == {"1.000002"}
    assert on(None) == {"1.000001", "1.000002"}
    assert [hit.procedure.code for hit in search.find("1.000001", on=date(2026, 7, 1))] == []


def test_no_more_than_asked_for() -> None:
    assert len(STARTER.find("đăng ký", 3)) == 3


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=30))
def test_any_text_may_be_typed(query: str) -> None:
    hits = STARTER.find(query)
    assert len(hits) <= 10
    assert len({hit.procedure.code for hit in hits}) == len(hits)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(starter().procedures), st.integers(1, 40))
def test_the_beginning_of_a_name_always_brings_something(found: object, length: int) -> None:
    name = found.name[:length]  # type: ignore[attr-defined]
    assert STARTER.find(name)
