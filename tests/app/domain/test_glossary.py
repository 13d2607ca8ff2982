import csv
import unicodedata
from pathlib import Path

import resources

FILE = Path(resources.__file__).parent / "glossary.csv"


def test_each_term_stands_once_with_its_official_word_meaning_and_source() -> None:
    text = FILE.read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert unicodedata.is_normalized("NFC", text)
    assert list(rows[0]) == ["term_en", "term_vi", "meaning", "source"]
    assert all(value and value == value.strip() for row in rows for value in row.values())
    for column in ("term_en", "term_vi"):
        assert len({row[column].casefold() for row in rows}) == len(rows)


def test_the_terms_of_the_code_are_all_explained() -> None:
    with FILE.open(encoding="utf-8", newline="") as file:
        terms = {row["term_en"] for row in csv.DictReader(file)}
    assert {"dossier", "procedure", "case", "field", "agency", "applicant", "submitter", "delegate", "requirement",
            "paper", "receipt", "due date", "fee", "charge", "handover", "manifest", "result", "register", "clerk",
            "shift", "counter", "office", "lease", "journal", "operation", "feed", "cursor", "epoch"} <= terms
