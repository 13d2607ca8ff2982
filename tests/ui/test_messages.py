"""Every code that any room raises has its sentences in both languages: what, safe, press, code."""

from __future__ import annotations

import re
import string
import unicodedata
from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.errors import EnvironmentFault, Refusal
from app.services.outside_view import Alarm
from sync.contract.problems import Fork, Refused, VerdictReason
from tests.app.domain.catalogues import starter
from tests.ui.raised_codes import (
    alarm_codes,
    all_raised,
    card_warnings,
    finding_codes,
    gateway_codes,
    hindrance_codes,
    unexplained,
)
from ui.messages import (
    PARTS,
    UNFORESEEN,
    UNKNOWN_FAULT,
    UNKNOWN_REFUSAL,
    VALUES,
    read_words,
    sentence,
    shown,
    unforeseen,
)
from ui.models.state_words import REASONS
from ui.pages.home.alarm_words import alarm_words
from ui.pages.intake.messages import SENTENCES
from ui.pages.intake.persons import _ASKING_DOUBTS
from ui.shortcuts import PLACES
from ui.translations import Language, tr

MESSAGES = {code: entry for code, entry in read_words().items() if code != VALUES}
EVERY_PART = [
    (code, language, part) for code in MESSAGES for language in ("vi", "en") for part in PARTS
]
STOP_WORDS = re.compile(
    r"\b(database|SQL|SQLite|exception|traceback|null|JSON|hash|payload|timeout|server|token|cursor|epoch|bug"
    r"|lỗi hệ thống|ngoại lệ|máy chủ|cơ sở dữ liệu|truy vấn|giao dịch|dữ liệu đầu vào|không hợp lệ|vui lòng"
    r"|bạn đã sai|bạn nhập sai|your fault|your mistake|invalid|illegal|fatal|fail(ed|ure)?)\b", re.IGNORECASE,
)
MOST_WORDS, LONGEST_TITLE = 20, 60
NOON = datetime(2026, 11, 21, 4, 2, tzinfo=UTC)


def braces(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def used_by(code: str) -> set[str]:
    return {name for language in ("vi", "en") for part in PARTS for name in braces(MESSAGES[code][language][part])}


# every code has its words, and every word its code

def test_every_code_has_its_words() -> None:
    assert {each.code: each.where for each in all_raised() if each.code not in MESSAGES} == {}


def test_every_code_that_is_put_together_is_known_to_this_test() -> None:
    assert unexplained() == set()


def test_every_entry_is_raised_somewhere() -> None:
    general = {UNKNOWN_REFUSAL, UNKNOWN_FAULT, UNFORESEEN}
    assert set(MESSAGES) - {each.code for each in all_raised()} == general


def test_a_sentence_asks_for_nothing_that_its_raiser_does_not_pass() -> None:
    wrong = {
        each.code: (sorted(used_by(each.code) - each.passes), each.where)
        for each in all_raised()
        if each.passes is not None and each.code in MESSAGES and used_by(each.code) - each.passes - {"code"}
    }
    assert wrong == {}


def test_the_languages_tell_the_same_values() -> None:
    def told(code: str, language: str) -> set[str]:
        return {name for part in PARTS for name in braces(MESSAGES[code][language][part])}

    differing = {code: told(code, "vi") ^ told(code, "en") for code in MESSAGES}
    assert {code: names for code, names in differing.items() if names} == {}


# how they are said

@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_entry_is_complete(language: str) -> None:
    assert [code for code, entry in MESSAGES.items() if set(entry[language]) != set(PARTS)] == []
    assert [place for place in EVERY_PART if not _text(*place).strip()] == []


def test_sentences_end_and_titles_do_not() -> None:
    def is_right(code: str, language: str, part: str) -> bool:
        text = _text(code, language, part)
        return not text.endswith(".") if part == "title" else text.endswith((".", "}"))

    assert [place for place in EVERY_PART if not is_right(*place)] == []


def test_no_sentence_is_long_and_none_shouts() -> None:
    wrong = [
        place for place in EVERY_PART
        if "!" in _text(*place)
        or any(len(said.split()) > MOST_WORDS for said in re.split(r"(?<=[.;:]) ", _text(*place)))
        or (place[2] == "title" and len(_text(*place)) > LONGEST_TITLE)
    ]
    assert wrong == []


def test_no_sentence_speaks_the_programmers_language_or_blames() -> None:
    assert [(place, found[0]) for place in EVERY_PART if (found := STOP_WORDS.search(_text(*place)))] == []


def test_every_text_is_composed() -> None:
    assert [place for place in EVERY_PART if not unicodedata.is_normalized("NFC", _text(*place))] == []


def test_no_two_codes_have_the_same_title() -> None:
    for language in ("vi", "en"):
        titles = [MESSAGES[code][language]["title"] for code in MESSAGES]
        assert sorted(title for title in set(titles) if titles.count(title) > 1) == []


@pytest.mark.parametrize("name", ["vi", "en"])
def test_a_place_is_named_with_its_own_key(language: Language, name: str) -> None:
    language.use(name)
    places = {look.key: tr(look.name) for look in PLACES.values()}
    texts = [_text(code, name, part) for code in MESSAGES for part in PARTS]
    said = [found for text in texts for found in re.findall(r"([^.,;:()]*) \((F[0-9]+)\)", text)]
    assert len(said) > 10
    assert [words for words in said if not words[0].endswith(places[words[1]])] == []


# what is said elsewhere than in a message

def test_every_hindrance_and_doubt_has_its_words_beside_the_field() -> None:
    doubts = set(card_warnings()) - _ASKING_DOUBTS
    assert (hindrance_codes() | doubts | finding_codes()) - set(SENTENCES) == set()


@pytest.mark.parametrize("code", sorted(alarm_codes() - {"sync_stopped"}))
@pytest.mark.parametrize("name", ["vi", "en"])
def test_every_alarm_has_its_words(language: Language, name: str, code: str) -> None:
    language.use(name)
    values: dict[str, Any] = {
        "seconds": 5400, "is": NOON, "should_be": NOON, "year": 2027, "agency": "so-tu-phap", "day": NOON.date(),
        "left": 3, "size": 50, "to": NOON.date(), "since": NOON,
        "amount": 2, "at": NOON, "name": "Lê Văn Ví Dụ",
    }
    title, todo = alarm_words(Alarm(code, values), starter(), name)
    general = sentence(Refusal("never_heard_of"), name)
    assert title and todo
    assert title not in (general.title, sentence(EnvironmentFault("never_heard_of"), name).title)


@pytest.mark.parametrize("code", ["fork", "device_revoked", "package_damaged"])
def test_a_stopped_line_is_told_by_what_stopped_it(code: str) -> None:
    title, todo = alarm_words(Alarm("sync_stopped", {"code": code, "seq": 7}), starter(), "vi")
    said = sentence(EnvironmentFault(code, seq=7), "vi")
    assert (title, todo) == (said.title, said.detail())


def test_every_reason_of_a_verdict_has_its_words() -> None:
    assert {reason for name, reason in vars(VerdictReason).items() if name.isupper()} == set(REASONS)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_reason_of_a_refusal_has_its_words(language: str) -> None:
    words = read_words()[VALUES][language]
    for reason in (reason for name, reason in vars(Refused).items() if name.isupper()):
        assert words[reason] in sentence(Refusal("refused_by_province", seq=3, reason=reason), language).what
    assert {"birth", "issue", "catalogue", "calendar"} <= set(words)
    assert set(words) == set(read_words()[VALUES]["vi"])


def test_what_the_province_answers_has_words() -> None:
    assert set(gateway_codes()) - set(MESSAGES) == set()
    assert Fork.HASH_DIFFERS not in sentence(Refusal("fork", seq=3, reason=Fork.HASH_DIFFERS), "vi").what


# how values are filled in

def test_a_code_without_words_is_told_honestly() -> None:
    said = sentence(Refusal("never_heard_of", secret="049090000017"), "vi")
    assert "never_heard_of" in said.what
    assert said.code == "never_heard_of"
    assert "049090000017" not in said.detail()
    assert sentence(EnvironmentFault("never_heard_of"), "vi").title != said.title


def test_an_unforeseen_error_shows_no_trace_and_no_data() -> None:
    said = unforeseen(ValueError("Nguyễn Thị Mẫu 049090000017"), "en")
    assert said.code == "ValueError"
    assert "049090000017" not in said.title + said.detail()


@pytest.mark.parametrize(("value", "written"), [
    (date(2026, 11, 21), "21/11/2026"),
    ("2026-11-21", "21/11/2026"),
    (NOON, "11:02 21/11/2026"),
    (None, "…"),
    (["a", "b"], "a, b"),
    (7, "7"),
    ("2026.1", "2026.1"),
])
def test_a_value_is_written_as_the_office_writes_it(value: object, written: str) -> None:
    assert shown(value) == written


def test_a_value_that_is_missing_is_an_ellipsis_and_no_failure() -> None:
    assert "ngày …" in sentence(Refusal("lease_missing"), "vi").what


@pytest.mark.parametrize(("language", "words"), [("vi", "ngày cấp"), ("en", "issue date")])
def test_a_word_of_the_program_is_said_in_the_language(language: str, words: str) -> None:
    assert words in sentence(Refusal("card_bad_date", field="issue"), language).what


def test_what_hinders_is_told_with_its_own_subject() -> None:
    refusal = Refusal("intake_incomplete", hindrance="required_paper_missing", step="papers", subject="Tờ khai")
    said = sentence(refusal, "vi")
    assert "“Tờ khai”" in said.what
    assert said.press == MESSAGES["required_paper_missing"]["vi"]["press"]


@pytest.mark.parametrize("hindrance", ["never_heard_of", "intake_incomplete"])
def test_a_message_inside_a_message_ends(hindrance: str) -> None:
    assert sentence(Refusal("intake_incomplete", hindrance=hindrance), "vi").what == "…"


def test_a_value_with_braces_is_text() -> None:
    refusal = Refusal("intake_incomplete", hindrance="required_paper_missing", subject="{code:what} {")
    assert "{code:what} {" in sentence(refusal, "vi").what


def _text(code: str, language: str, part: str) -> str:
    return MESSAGES[code][language][part]
