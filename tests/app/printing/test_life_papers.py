"""What holds for every paper of a dossier's life: readable codes, nothing cut, no name that was not given."""

from __future__ import annotations

import inspect
import re
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from importlib import resources
from typing import Any

import pytest

from app.domain import dossier_papers
from app.domain.form_set import form_set_named, parse_form_sets
from app.domain.papers import OfficeHead
from app.errors import EnvironmentFault, Refusal
from app.printing.decode_back import check_codes, codes_on_pages
from app.printing.flow import Page
from app.printing.forms import load_form
from app.printing.papers import WRITERS, render
from tests.app.printing.life_samples import NO_CODE, REFUSAL, REGISTER, SUPPLEMENT
from tests.app.printing.life_sheets import (
    ABOUT_ONE,
    CASES,
    FORM_SETS,
    SHEETS,
    TABLES,
    WITH_CODE,
    watch_writing,
    words_of,
)
from tests.app.printing.reading import collisions, made, squeezed, strays, texts_of

EVERYDAY = {kind: next(iter(table.values())) for kind, table in TABLES.items()}
BY_SET = ("supplement", "refusal", "extension", "stop", "control", "register")


@pytest.mark.parametrize("name", WITH_CODE)
@pytest.mark.parametrize(("size", "dpi"), [("A5", 203), ("A5", 300), ("A4", 203), ("A4", 300)])
def test_both_codes_read_back_from_the_whole_page(name: str, size: str, dpi: int) -> None:
    paper = WITH_CODE[name]
    check_codes(made(paper, size), paper.subject.code, dpi=dpi)


@pytest.mark.parametrize("name", sorted(set(SHEETS) - set(WITH_CODE)))
def test_a_paper_about_no_dossier_bears_no_code(name: str) -> None:
    assert set().union(*codes_on_pages(made(SHEETS[name]))) == set()


@pytest.mark.parametrize(("name", "size"), CASES)
def test_nothing_is_cut_and_nothing_overlaps(monkeypatch: pytest.MonkeyPatch, name: str, size: str) -> None:
    written = watch_writing(monkeypatch)(SHEETS[name], size)
    for page, own in zip(written.pages, written.own_marks, strict=True):
        assert collisions(Page([*page.texts, *own.texts], [], page.codes)) == []
        inside = [text for text in page.texts if text[1] < written.sheet.end]      # the foot stands in the margin
        assert strays(Page(inside), written.sheet) == []
        assert all(text[0] >= written.sheet.left - 0.01 for text in [*page.texts, *own.texts])


NOT_ASKED = {"form_set", "head", "identifier", "case_name"}
NO_CONTACT = NOT_ASKED | {"address", "phone", "email"}         # sheets that others than the citizen read, too


@pytest.mark.parametrize(("name", "size"), CASES)
def test_every_text_of_the_value_is_printed(name: str, size: str) -> None:
    paper = SHEETS[name]
    kind = name.partition(":")[0]
    texts = texts_of(paper, size, None if kind == "register" else ("",))
    code = "" if kind == "register" else paper.subject.code
    foot = rf"(Mãhồsơ:{re.escape(code)})?(·In[^;]*;ngườiin:TrầnVănMẫu)?Trang\d+/\d+$"
    # What runs over a page's end is read as one: all feet but the last are taken out.
    said = "".join([*(re.sub(foot, "", squeezed(text)) for text in texts[:-1]), squeezed(texts[-1])])
    left_out = NO_CONTACT if kind in {"control", "derivation", "history"} else NOT_ASKED
    assert [text for text in texts_in(paper, left_out) if squeezed(text) not in said] == []


def texts_in(value: Any, left_out: set[str]) -> list[str]:
    """Every text in `value`; what a table's column divides over pages is told apart by its length."""
    if isinstance(value, str):
        return [value] if len(value) < 2_000 else []
    if isinstance(value, tuple):
        return [text for item in value for text in texts_in(item, left_out)]
    if is_dataclass(value):
        return [text for field in fields(value) if field.name not in left_out
                for text in texts_in(getattr(value, field.name), left_out)]
    return []


@pytest.mark.parametrize("form_set", FORM_SETS)
@pytest.mark.parametrize("kind", EVERYDAY)
def test_only_the_given_units_agencies_and_provinces_occur(kind: str, form_set: str) -> None:
    """Templates of real provinces carried another province's centre in their body; here each name is an input."""
    head = OfficeHead(superior="@1", unit="@2", place="@3", number_suffix="@4", phone="@5", lookup="@6",
                      contact="@7")
    said = words_of(renamed(replace(EVERYDAY[kind], head=head), form_set)).upper()
    for phrase in ("Bộ phận tiếp nhận và trả kết quả", "Bộ phận Một cửa", "bộ phận tiếp nhận", "Phụ trách bộ phận",
                   "Cơ quan (bộ phận)", "cộng hòa xã hội", "Xin thông báo"):
        said = said.replace(squeezed(phrase).upper(), "")
    for unit_word in ("Trung tâm", "Ủy ban", "Sở", "Chi cục", "Văn phòng", "Bưu điện", "Công an", "Bộ phận",
                      "tỉnh", "thành phố", "huyện", "quận", "phường", "đặc khu", "TTPVHCC", "BPTNTRKQ", "HDHS"):
        assert squeezed(unit_word).upper() not in said, unit_word
    assert all(given in said for given in ("@1", "@2", "@3"))


def renamed(value: Any, form_set: str) -> Any:
    """`value` with every text but its codes and numbers replaced by one that names nobody."""
    if isinstance(value, tuple):
        return tuple(renamed(item, form_set) for item in value)
    if not is_dataclass(value) or isinstance(value, OfficeHead):
        return value
    changed: dict[str, Any] = {}
    for field in fields(value):
        old = getattr(value, field.name)
        if field.name == "form_set":
            changed[field.name] = form_set
        elif isinstance(old, str) and field.name not in {"code", "procedure_code", "identifier"}:
            changed[field.name] = "@@" if old else ""
        elif isinstance(old, tuple) and old and isinstance(old[0], str):
            changed[field.name] = ("@@",) * len(old)
        else:
            changed[field.name] = renamed(old, form_set)
    return replace(value, **changed)


@pytest.mark.parametrize("kind", BY_SET)
def test_both_form_sets_give_the_same_words_a_place(kind: str) -> None:
    old, new = (load_form(f"{kind}-{form_set.replace('/', '-')}") for form_set in FORM_SETS)
    assert (set(old.words), set(old.notes)) == (set(new.words), set(new.notes))
    assert old.copies == new.copies


@pytest.mark.parametrize("form_set", FORM_SETS)
@pytest.mark.parametrize(("kind", "paper"), [("supplement", "supplement_request"), ("refusal", "refusal"),
                                             ("control", "control_slip"), ("register", "register")])
def test_number_and_title_are_those_of_the_circular(kind: str, paper: str, form_set: str) -> None:
    sets = parse_form_sets(resources.files("resources").joinpath("forms.json").read_text(encoding="utf-8"))
    official = form_set_named(form_set, sets).form(paper)
    said = words_of(renamed(EVERYDAY[kind], form_set))
    assert squeezed(f"Mẫu số {official.number}") in said
    assert squeezed(official.title.upper()) in said


@pytest.mark.parametrize("kind", BY_SET)
def test_a_form_set_nobody_knows_is_an_environment_fault(kind: str) -> None:
    with pytest.raises(EnvironmentFault) as fault:
        render(replace(EVERYDAY[kind], form_set="99/2099"))
    assert (fault.value.code, fault.value.values) == ("form_missing", {"form": f"{kind}-99-2099"})


@pytest.mark.parametrize("kind", sorted(set(EVERYDAY) - {"register"}))
def test_a_code_no_barcode_can_carry_is_refused(kind: str) -> None:
    for code, refused in (("H47" + "-0123456789ABCDEFGHIJ" * 3, "code_too_long"),
                          ("mã-0001", "code_not_printable")):
        with pytest.raises(Refusal) as refusal:
            render(replace(EVERYDAY[kind], subject=replace(EVERYDAY[kind].subject, code=code)))
        assert refusal.value.code == refused


@pytest.mark.parametrize("kind", EVERYDAY)
def test_the_same_value_gives_the_same_bytes(kind: str) -> None:
    assert render(EVERYDAY[kind]) == render(EVERYDAY[kind])


@pytest.mark.parametrize("name", ABOUT_ONE)
def test_each_page_says_code_and_page_of_pages(name: str) -> None:
    paper = ABOUT_ONE[name]
    texts = texts_of(paper, None, ("Liên thử",))
    for number, text in enumerate(texts, 1):
        assert f"Trang {number}/{len(texts)}" in text
        assert paper.subject.code in text
    assert "Liên thử" in texts[0]


@pytest.mark.parametrize("kind", ["supplement", "refusal"])
def test_two_copies_differ_in_nothing_but_their_name(kind: str) -> None:
    first, second = texts_of(EVERYDAY[kind])
    assert "Liên 1: Lưu" in first and "Liên 2: Giao người nộp" in second
    assert first.replace("Liên 1: Lưu", "") == second.replace("Liên 2: Giao người nộp", "")


def test_every_paper_has_a_writer_and_nothing_else_is_a_paper() -> None:
    whole = [name for name, made in inspect.getmembers(dossier_papers, is_dataclass)
             if made.__module__ == dossier_papers.__name__ and any(field.name == "head" for field in fields(made))]
    assert sorted(whole) == sorted(type(paper).__name__ for paper in EVERYDAY.values())
    assert set(whole) <= set(WRITERS)
    with pytest.raises(TypeError, match="Subject is no paper"):
        render(NO_CODE)


@pytest.mark.parametrize("paper", [replace(SUPPLEMENT, asked_at=datetime(2026, 9, 23, 10)),  # noqa: DTZ001 - the point
                                   replace(REFUSAL, refused_at=datetime(2026, 9, 23, 10)),   # noqa: DTZ001
                                   replace(REGISTER, printed_at=datetime(2026, 9, 23, 10))])  # noqa: DTZ001
def test_a_time_without_a_zone_is_a_mistake_of_the_caller(paper: object) -> None:
    with pytest.raises(ValueError, match="zone"):
        render(paper)
