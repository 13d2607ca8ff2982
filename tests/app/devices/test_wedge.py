"""Keys of a scanner become one scan; keys of a person come back in order, every one of them."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.devices.wedge import NOTHING, Key, Scan, Stroke, Verdict, WedgeReader, WedgeSettings
from app.domain.citizen_card import read_card
from app.domain.input_method import Method, compose
from app.errors import Refusal
from tests.faults.card_damage import invent_card

CARD = "049190004217||Mau|07031990|Nu|X|12082021"


class Desk:
    """A keyboard at a desk: presses keys with chosen pauses and collects what the field and the window get."""

    def __init__(self, settings: WedgeSettings | None = None) -> None:
        self.reader = WedgeReader(settings)
        self.now = 1_000
        self.pressed: list[Stroke] = []
        self.delivered: list[Stroke] = []
        self.scans: list[Scan] = []

    def press(self, key: Key, text: str = "", after: int = 3, **how: bool) -> Stroke:
        self.now += after
        stroke = Stroke(key, self.now, text, token=len(self.pressed), **how)
        self.pressed.append(stroke)
        self._heed(self.reader.feed(stroke))
        return stroke

    def type(self, text: str, pause: int = 3) -> None:
        for letter in text:
            self.press(Key.TEXT, letter, pause)

    def wait(self, milliseconds: int = 1_000) -> None:
        self.now += milliseconds
        self._heed(self.reader.tick(self.now))

    def _heed(self, verdict: Verdict) -> None:
        self.delivered.extend(verdict.replay)
        if verdict.scan:
            self.scans.append(verdict.scan)

    @property
    def field(self) -> str:
        return "".join(stroke.text or f"<{stroke.key}>" for stroke in self.delivered)


@pytest.mark.parametrize("end", [Key.ENTER, Key.TAB])
def test_a_scan_is_taken_whole_and_nothing_reaches_the_field(end: Key) -> None:
    desk = Desk()
    desk.type(CARD)
    desk.press(end)
    assert desk.scans == [Scan(CARD)]
    assert desk.field == ""
    assert desk.reader.deadline_ms is None


def test_a_scan_without_a_suffix_ends_in_silence() -> None:
    desk = Desk()
    desk.type("H47.15-260921-0001")
    assert desk.scans == []
    desk.wait()
    assert desk.scans == [Scan("H47.15-260921-0001")]
    assert desk.field == ""


def test_a_persons_keys_come_back_one_by_one_after_a_short_pause() -> None:
    desk = Desk()
    desk.type("kiểm tra", 90)
    assert desk.field == "kiểm tr"
    deadline = desk.reader.deadline_ms
    assert deadline is not None
    assert deadline - desk.now <= WedgeSettings().max_gap_ms + 1
    desk.wait(deadline - desk.now)
    assert desk.field == "kiểm tra"
    assert desk.scans == []


def test_a_quick_pair_of_keys_with_enter_comes_back_in_order() -> None:
    desk = Desk()
    desk.type("ok", 20)
    desk.press(Key.ENTER, after=20)
    assert desk.field == "ok<enter>"
    assert [stroke.token for stroke in desk.delivered] == [0, 1, 2]


@settings(deadline=None)
@given(st.lists(
    st.tuples(
        st.sampled_from([Key.TEXT, Key.TEXT, Key.TEXT, Key.ENTER, Key.TAB, Key.BACKSPACE, Key.OTHER, Key.CHORD]),
        st.integers(40, 400),
    ),
    max_size=40,
))
def test_at_a_persons_pace_every_key_is_delivered_once_and_in_order(keys: list[tuple[Key, int]]) -> None:
    desk = Desk()
    for key, pause in keys:
        desk.press(key, "a" if key is Key.TEXT else "", pause)
    desk.wait()
    assert desk.delivered == desk.pressed
    assert desk.scans == []


@settings(deadline=None)
@given(st.lists(
    st.tuples(st.sampled_from(list(Key)), st.text(max_size=3), st.integers(0, 200), st.booleans(), st.booleans()),
    max_size=60,
))
def test_at_any_pace_no_key_is_delivered_twice_or_out_of_order(
    keys: list[tuple[Key, str, int, bool, bool]]
) -> None:
    desk = Desk()
    for key, text, pause, is_repeat, is_composed in keys:
        desk.press(key, text, pause, is_repeat=is_repeat, is_composed=is_composed)
    desk.wait()
    tokens = [stroke.token for stroke in desk.delivered]
    assert tokens == sorted(set(tokens))  # type: ignore[type-var]
    if not desk.scans:
        # Without a scan a key can only have been swallowed as the second end key of one.
        assert desk.delivered == desk.pressed
    assert desk.reader.deadline_ms is None


@settings(deadline=None)
@given(st.text(alphabet="0123456789|ABCabcNamữ -.,", min_size=6, max_size=300), st.integers(0, 35))
def test_at_a_scanners_pace_no_character_reaches_the_field(text: str, pause: int) -> None:
    desk = Desk()
    desk.type(text, pause)
    desk.press(Key.ENTER, after=pause)
    assert [scan.text for scan in desk.scans] == [text]
    assert desk.field == ""


def test_typing_then_a_scan_then_typing_are_told_apart() -> None:
    desk = Desk()
    desk.type("Mẫ", 120)
    desk.wait(200)
    desk.type(CARD)
    desk.press(Key.ENTER)
    desk.type("u", 150)
    desk.wait()
    assert desk.field == "Mẫu"
    assert desk.scans == [Scan(CARD)]


def test_a_scan_that_stumbles_is_still_one_scan() -> None:
    desk = Desk()
    desk.type(CARD[:20])
    desk.wait(0)
    desk.now += 120                # a USB retry: longer than a person's pause, shorter than the end
    desk.type(CARD[20:])
    desk.press(Key.ENTER)
    assert desk.scans == [Scan(CARD)]
    assert desk.field == ""


def test_a_scan_that_breaks_off_never_reaches_the_field() -> None:
    desk = Desk()
    desk.type(CARD[:20])
    desk.wait(500)
    desk.type(CARD[20:])
    desk.press(Key.ENTER)
    assert [scan.text for scan in desk.scans] == [CARD[:20], CARD[20:]]
    assert desk.field == ""


def test_a_late_key_settles_the_burst_before_it_even_without_a_tick() -> None:
    desk = Desk()
    desk.type(CARD)
    desk.press(Key.TEXT, "x", after=900)
    assert desk.scans == [Scan(CARD)]
    desk.wait()
    assert desk.field == "x"


def test_the_scanners_second_end_key_presses_no_button() -> None:
    desk = Desk()
    desk.type(CARD)
    desk.press(Key.ENTER)
    desk.press(Key.ENTER)
    desk.press(Key.TAB)
    assert desk.field == ""
    desk.press(Key.ENTER, after=300)
    assert desk.field == "<enter>"


def test_the_same_code_again_at_once_is_marked_as_a_repetition() -> None:
    desk = Desk()
    for pause in (3, 3, 2_000):
        desk.now += pause
        desk.type(CARD)
        desk.press(Key.ENTER)
    assert [scan.is_repetition for scan in desk.scans] == [False, True, False]


def test_a_key_held_down_is_a_person() -> None:
    desk = Desk()
    desk.press(Key.TEXT, "a", 100)
    for _ in range(20):
        desk.press(Key.TEXT, "a", 30, is_repeat=True)
    assert desk.field == "a" * 21
    assert desk.scans == []


def test_a_word_committed_by_an_input_method_is_a_person() -> None:
    desk = Desk()
    desk.press(Key.TEXT, "nguyễn", 200, is_composed=True)
    desk.press(Key.TEXT, " ", 3)
    desk.wait()
    assert desk.field == "nguyễn "


def test_a_persons_unikey_may_replace_a_word_or_type_a_whole_macro() -> None:
    desk = Desk()
    desk.type("ubnd", 120)
    desk.wait(100)
    for _ in range(4):
        desk.press(Key.BACKSPACE, after=1)
    desk.type("Ủy ban nhân dân ", 1)
    assert desk.field == "ubnd" + "<backspace>" * 4 + "Ủy ban nhân dân "
    assert desk.scans == []


def test_unikey_rewriting_a_scan_is_noticed_and_its_backspaces_are_obeyed() -> None:
    desk = Desk()
    desk.type("049190004217||Kso", 2)
    desk.press(Key.BACKSPACE, after=1)
    desk.type("ỏ|07031990", 2)
    desk.press(Key.ENTER)
    assert desk.scans == [Scan("049190004217||Ksỏ|07031990", is_rewritten=True)]
    assert desk.field == ""


def test_words_committed_inside_a_scan_are_part_of_it_and_betray_the_input_method() -> None:
    desk = Desk()
    desk.type("049190004217||", 2)
    desk.press(Key.TEXT, "Ksỏ", 2, is_composed=True)
    desk.type("|0703", 2)
    desk.press(Key.ENTER)
    assert desk.scans == [Scan("049190004217||Ksỏ|0703", is_rewritten=True)]


def test_a_whole_payload_committed_at_once_is_a_scan() -> None:
    desk = Desk()
    desk.press(Key.TEXT, CARD, 500, is_composed=True)
    desk.press(Key.ENTER)
    assert desk.scans == [Scan(CARD, is_rewritten=True)]


def alt_code(desk: Desk, digits: str, composed: str = "") -> None:
    for digit in digits:
        desk.press(Key.ALT_DIGIT, digit, 1)
    desk.press(Key.ALT_UP, after=1)
    if composed:
        desk.press(Key.TEXT, composed, 1, is_composed=True)


@pytest.mark.parametrize(
    ("digits", "composed", "letter"),
    [("0234", "", "ê"), ("130", "", "é"), ("7841", "", "ạ"), ("7841", "ạ", "ạ"), ("0234", "ê", "ê")],
)
def test_alt_codes_become_their_letter_once(digits: str, composed: str, letter: str) -> None:
    desk = Desk()
    desk.type("049190004217||M", 2)
    alt_code(desk, digits, composed)
    desk.type("u|", 2)
    desk.press(Key.ENTER)
    assert desk.scans == [Scan(f"049190004217||M{letter}u|")]
    assert desk.field == ""


def test_a_scanner_that_types_all_by_alt_codes_is_a_scanner() -> None:
    desk = Desk()
    for letter in "Mẫu Thử":
        alt_code(desk, f"{ord(letter):04d}" if ord(letter) < 256 else str(ord(letter)))
    desk.press(Key.ENTER)
    assert desk.scans == [Scan("Mẫu Thử")]


def test_a_persons_alt_code_comes_back() -> None:
    desk = Desk()
    for digit in "0234":
        desk.press(Key.ALT_DIGIT, digit, 150)
    desk.press(Key.ALT_UP, after=150)
    desk.press(Key.TEXT, "ê", 1, is_composed=True)
    desk.wait()
    assert desk.delivered == desk.pressed


@pytest.mark.parametrize("key", [Key.CHORD, Key.OTHER])
def test_a_code_that_types_commands_runs_none_and_is_flawed(key: Key) -> None:
    desk = Desk()
    desk.type("049190004217")
    desk.press(key, "")
    desk.type("||Mau")
    desk.press(Key.ENTER)
    assert desk.delivered == []
    (scan,) = desk.scans
    with pytest.raises(Refusal, match="scan_has_commands"):
        scan.accepted_text()


def test_a_persons_command_goes_its_native_way_at_once() -> None:
    desk = Desk()
    desk.press(Key.TEXT, "a", 200)
    chord = Stroke(Key.CHORD, desk.now + 10)
    verdict = desk.reader.feed(chord)
    assert [stroke.key for stroke in verdict.replay] == [Key.TEXT, Key.CHORD]
    assert verdict.lets_pass(chord)
    assert not NOTHING.lets_pass(chord)


def test_an_endless_code_is_flawed_and_not_remembered() -> None:
    desk = Desk()
    desk.type("7" * 5_000)
    desk.press(Key.ENTER)
    (scan,) = desk.scans
    assert scan.flaws == ("scan_too_long",)
    assert len(scan.text) == WedgeSettings().longest
    assert desk.field == ""


def test_prefix_and_suffix_of_the_scanner_are_its_frame() -> None:
    desk = Desk(WedgeSettings(prefix="~", suffix="#"))
    desk.type("~0491#")
    assert desk.scans == [Scan("0491")]
    desk.press(Key.ENTER)
    assert desk.field == ""
    desk.now += 1_000
    desk.type("~0492")
    desk.wait()
    assert desk.scans[1].flaws == ("scan_cut_off",)
    assert desk.field == ""


def test_a_person_may_type_the_prefix() -> None:
    desk = Desk(WedgeSettings(prefix="~", suffix="#"))
    desk.type("~ab#", 100)
    desk.wait()
    assert desk.field == "~ab#"
    assert desk.scans == []


def test_a_slow_scanner_is_met_by_a_longer_gap() -> None:
    desk = Desk(WedgeSettings(max_gap_ms=80))
    desk.type(CARD, 70)
    desk.press(Key.ENTER, after=70)
    assert desk.scans == [Scan(CARD)]


def test_a_scan_without_flaws_gives_its_text() -> None:
    assert Scan("H47.15-260921-0001").accepted_text() == "H47.15-260921-0001"


def type_through_unikey(desk: Desk, keys: str, method: Method) -> None:
    """As Unikey does it: a key that composes is swallowed, letters are rubbed out and typed anew."""
    shown = ""
    for at in range(len(keys)):
        now = compose(keys[:at + 1], method)
        kept = 0
        while shown[:kept + 1] == now[:kept + 1] and kept < len(shown):
            kept += 1
        for _ in range(len(shown) - kept):
            desk.press(Key.BACKSPACE, after=1)
        desk.type(now[kept:], 2)
        shown = now
    desk.press(Key.ENTER)


@pytest.mark.parametrize("method", ["telex", "vni"])
@settings(deadline=None, max_examples=150)
@given(seed=st.integers(0, 10**9))
def test_a_card_typed_through_an_input_method_is_read_right_or_refused(method: Method, seed: int) -> None:
    card = invent_card(random.Random(seed))
    desk = Desk()
    type_through_unikey(desk, card.payload, method)
    assert desk.field == ""
    (scan,) = desk.scans
    true = read_card(card.payload).person
    try:
        found = read_card(scan.accepted_text(), is_rewritten=scan.is_rewritten).person
    except Refusal as refused:
        assert refused.code == "card_mangled_by_input_method"
        assert compose(card.payload, method) != card.payload
    else:
        assert (found.personal_id, found.birth_date, found.gender) == (
            true.personal_id, true.birth_date, true.gender,
        )
        assert found.full_name == true.full_name
