"""Does any damage on the way from a card to the program make it accept a wrong number?

    python -m tests.faults.fuzz_cards [--count 100000] [--seed 1]

Each trial takes an invented card, damages it as scanners, keyboards, input methods, code pages and lines do, and
reads it. Two promises are checked:

1. Nothing but `Refusal` is ever raised.
2. An accepted number is the number of a card that was in the scan, whole; and after damage by a keyboard or a code
   page alone the birth date and the sex are the card's as well, and the name is the card's, or the reading says
   `accents_lost` (a scanner without marks: the clerk types the name anyway).

What is *not* promised, because no arithmetic can: one digit read as another. The number has no check digit. A
scanner does not do that (a QR code corrects its own errors), so such damage stays out of the trials; how often the
sex and year inside the number betray it is measured separately and printed. A key lost and another one doubled in
the same number amounts to the same; so a trial loses keys or doubles keys, never both.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from app.domain.citizen_card import CardReading, read_card
from app.domain.text import nfc
from app.errors import Refusal
from tests.faults.card_damage import (
    LOST_OR_ADDED,
    WRITTEN_DIFFERENTLY,
    Trial,
    invent_card,
    make_trial,
    random_text,
)

TODAY = date(2026, 11, 21)

Reader = Callable[..., CardReading]


@dataclass
class Figures:
    """What a run of `reader` found."""

    reader: Reader = read_card
    trials: int = 0
    accepted: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    by_code: Counter[str] = field(default_factory=Counter)
    crashes: list[str] = field(default_factory=list)
    wrong_numbers: list[str] = field(default_factory=list)
    wrong_contents: list[str] = field(default_factory=list)
    unseen_names: int = 0          # accented scan, input method on, no trace, name changed
    slowest_ms: float = 0.0


def run(count: int, seed: int, reader: Reader = read_card) -> Figures:
    """`count` trials of `reader`, one in ten of them random text."""
    rng = random.Random(seed)
    figures = Figures(reader)
    for _ in range(count):
        figures.trials += 1
        if rng.random() < 0.1:
            _judge_random(random_text(rng), figures)
        else:
            _judge(make_trial(rng), figures)
    return figures


def _read(text: str, figures: Figures, label: str, *, is_rewritten: bool = False) -> CardReading | None:
    started = time.perf_counter()
    try:
        reading = figures.reader(text, TODAY, is_rewritten=is_rewritten)
    except Refusal as refused:
        figures.refused[label] += 1
        figures.by_code[refused.code] += 1
        return None
    except Exception as crash:
        figures.crashes.append(f"{crash!r} on {text!r}")
        return None
    finally:
        figures.slowest_ms = max(figures.slowest_ms, (time.perf_counter() - started) * 1000)
    figures.accepted[label] += 1
    return reading


def _judge(trial: Trial, figures: Figures) -> None:
    label = " + ".join(trial.families)
    reading = _read(trial.text, figures, label, is_rewritten=trial.is_rewritten)
    if reading is None:
        return
    if reading.person.personal_id not in [card.number for card in trial.cards]:
        figures.wrong_numbers.append(f"{label}: {reading.person.personal_id} from {trial.text!r}")
    elif trial.keeps_content and not _is_same(reading, read_card(trial.cards[0].payload, TODAY)):
        if trial.may_be_lost:
            figures.unseen_names += 1
        else:
            figures.wrong_contents.append(f"{label}: {reading.person} from {trial.text!r}")


def _is_same(found: CardReading, true: CardReading) -> bool:
    if (found.person.birth_date, found.person.gender) != (true.person.birth_date, true.person.gender):
        return False
    return nfc(found.person.full_name) == true.person.full_name or "accents_lost" in found.warnings


def _judge_random(text: str, figures: Figures) -> None:
    reading = _read(text, figures, "random text")
    if reading is not None and reading.person.personal_id not in text:
        figures.wrong_numbers.append(f"random text: {reading.person.personal_id} from {text!r}")


def measure_replaced_digits(count: int, seed: int) -> tuple[int, int, int]:
    """Of `count` cards with one digit of the number replaced: refused, accepted with a doubt, or silently."""
    rng = random.Random(seed)
    refused = doubted = silent = 0
    for _ in range(count):
        card = invent_card(rng)
        at = rng.randrange(12)
        other = rng.choice([digit for digit in "0123456789" if digit != card.payload[at]])
        text = card.payload[:at] + other + card.payload[at + 1:]
        try:
            warnings = set(read_card(text, TODAY).warnings)
        except Refusal:
            refused += 1
            continue
        if warnings & {"unknown_province_code", "gender_digit_differs", "year_in_id_differs", "number_only"}:
            doubted += 1
        else:
            silent += 1
    return refused, doubted, silent


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    started = time.perf_counter()
    figures = run(chosen.count, chosen.seed)
    seconds = time.perf_counter() - started
    print(f"{figures.trials:,} scans in {seconds:.0f} s, slowest {figures.slowest_ms:.0f} ms, seed {chosen.seed}")
    print(f"  accepted {figures.accepted.total():,}   refused {figures.refused.total():,}")
    print(f"  crashes {len(figures.crashes)}   wrong numbers accepted {len(figures.wrong_numbers)}   "
          f"wrong name, date or sex accepted {len(figures.wrong_contents)}")
    print(f"  marked scans changed by an input method that left no trace (pasted text): {figures.unseen_names}")
    singles = {label for label in (*figures.accepted, *figures.refused) if " + " not in label or "caps" in label}
    print(f"\n{'damage':<28}{'accepted':>10}{'refused':>10}")
    for label in sorted(singles & {*WRITTEN_DIFFERENTLY, *LOST_OR_ADDED, "random text"}):
        print(f"{label:<28}{figures.accepted[label]:>10,}{figures.refused[label]:>10,}")
    print("\nrefusals: " + ", ".join(f"{code} {number:,}" for code, number in figures.by_code.most_common()))
    refused, doubted, silent = measure_replaced_digits(10_000, chosen.seed)
    print(f"\nOutside the promise, 10,000 numbers with one digit replaced: refused {refused:,}, accepted with a "
          f"warning {doubted:,}, accepted without {silent:,} (no check digit exists)")
    for line in (figures.crashes + figures.wrong_numbers + figures.wrong_contents)[:20]:
        print("FAILED", line)
    return 1 if figures.crashes or figures.wrong_numbers or figures.wrong_contents else 0


if __name__ == "__main__":
    sys.exit(main())
