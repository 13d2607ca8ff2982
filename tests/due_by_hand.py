"""The due dates of tests/due_vectors.csv worked out a second time, without a line of the product.

    python tests/due_by_hand.py tests/due_vectors.csv            which rows are wrong (exit 1) or none
    python tests/due_by_hand.py tests/due_vectors.csv --fill     write what the script finds into its own rows

How it differs from the product: the product walks day by day and window by window; here all office hours of
some years lie on one tape of minutes, and every question is a place on the tape. Days off are typed below from
the announcements, not read from the calendar file. Moments are whole minutes since 2022, local, without zone.

A row names the rule it is there for; these are all of them.
"""

from __future__ import annotations

import csv
import sys
from bisect import bisect_left, bisect_right
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

RULES = {
    "same-clock": "working days end at the clock time of the start; the day of the start does not count",
    "opening": "received before opening or in the break: as if received at the opening that follows",
    "closing": "the closing minute is still office time; a minute later is the next working day's opening",
    "seconds": "seconds do not count",
    "holiday-reception": "received on a day off: as if received at the opening of the next working day",
    "weekend": "Saturday and Sunday do not count",
    "tet": "the days of Tết do not count",
    "hung-kings": "Giỗ Tổ and the day off for it do not count",
    "april-may": "30/4 and 1/5, and the days swapped for them, do not count",
    "september": "2/9 and the day beside it do not count",
    "culture-day": "24/11 does not count from 2026 on",
    "new-year": "1/1 and the day swapped for it do not count",
    "make-up": "a Saturday worked for another day is a working day, with that day's hours",
    "same-day": "0 days: on the day of the start, until closing",
    "hours": "hours are office minutes, over breaks, nights and days off",
    "whole-days": "hours that make whole days and begin at an opening end at an opening",
    "calendar-days": "calendar days count one after the other",
    "rollover": "a last calendar day that is off moves to the next working day",
    "cutoff": "received after the procedure's or the policy's cutoff: from the next working day's opening",
    "next-day": "policy: counting begins at the next working day's opening",
    "day-end": "policy: days end at closing",
    "fixed-hour": "policy: days end at a fixed hour, moved into office hours",
    "half-day": "a day with office hours is a working day, even if only its morning is worked",
    "rounding": "policy: rounded up to the quarter of an hour, not beyond closing",
    "no-time": "no value or no unit: no date, not even after a pause",
    "pause-days": "a pause: whole working days at its clock time, then the office minutes that are left",
    "pause-hours": "a pause: the office minutes that are left",
    "pause-calendar": "a pause: the calendar days that are left; the last one may move on",
    "pause-outside": "a pause begun or ended outside office hours counts from the next opening",
    "pause-nothing": "no office time between pause and resumption: unchanged",
    "pause-overdue": "paused when overdue: as much overdue afterwards",
    "pause-cycles": "several pauses: each on the due date of the one before",
    "pause-half-day": "what is left is walked on with the real length of each day",
    "pause-whole": "policies that end days at closing or a fixed hour: whole working days are left",
    "pause-side": "a due moment at an opening stays at an opening, one at closing stays at closing",
    "legs": "each leg of an inter-agency procedure begins where the one before ends; the total has its own time",
}

# ---------------------------------------------------------------- facts, typed from the announcements

OFF = {
    2023: "1/1 2/1 20-26/1 29-30/4 1-3/5 1-2/9 4/9",
    2024: "1/1 8-14/2 18/4 29-30/4 1/5 2-3/9",
    2025: "1/1 27-31/1 7/4 30/4 1-2/5 1-2/9",
    2026: "1-2/1 16-20/2 26-27/4 30/4 1/5 31/8 1-2/9 24/11",
    2027: "1/1 4-10/2 16/4 30/4 1/5 3/5 2-3/9 24/11",
}
MADE_UP = {  # Saturday worked: the weekday whose hours it has (all were full days)
    date(2024, 5, 4): 0, date(2025, 4, 26): 4, date(2026, 1, 10): 4, date(2026, 8, 22): 0,
}
FULL, REST = "7:00-11:30 13:30-17:00", ""


class Policy(NamedTuple):
    saturday: str = REST
    start: str = "same_time"       # or "next_day", "after_15"
    end: str = "same_time"         # or "closing", or an hour "16:30"
    quarter: bool = False
    rollover: bool = True


POLICIES = {
    "": Policy(),
    "saturday": Policy(saturday="7:30-11:00"),
    "saturday_4h": Policy(saturday="7:00-11:00"),
    "saturday_end": Policy(saturday="7:30-11:00", end="closing"),
    "saturday_fixed": Policy(saturday="7:30-11:00", end="16:30"),
    "next_day": Policy(start="next_day"),
    "after_15": Policy(start="after_15"),
    "day_end": Policy(end="closing"),
    "fixed": Policy(end="16:30"),
    "fixed_lunch": Policy(end="12:00"),
    "quarter": Policy(quarter=True),
    "no_rollover": Policy(rollover=False),
}

# ---------------------------------------------------------------- the tape

ZERO = datetime(2022, 1, 1)        # noqa: DTZ001
A_DAY = 24 * 60


def minute(text: str) -> int:
    return int((datetime.fromisoformat(text) - ZERO).total_seconds() // 60)


def text_of(moment: int) -> str:
    return (ZERO + timedelta(minutes=moment)).strftime("%Y-%m-%dT%H:%M")


def short(moment: int) -> str:
    return (ZERO + timedelta(minutes=moment)).strftime("%a %d/%m/%Y %H:%M")


def clock(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def days_off() -> set[date]:
    found = set()
    for year, spans in OFF.items():
        for span in spans.split():
            days, month = span.split("/")
            first, _, last = days.partition("-")
            found |= {date(year, int(month), day) for day in range(int(first), int(last or first) + 1)}
    return found


class Tape:
    """All office hours of 2023 to 2027 under one policy, end to end."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.windows: list[tuple[int, int]] = []
        self.worked: list[int] = []                        # office minutes before each window
        self.days: list[int] = []                          # working days, as days since ZERO
        self.hours: dict[int, list[tuple[int, int]]] = {}  # windows of each working day
        off, total = days_off(), 0
        for number in range(365, 365 * 6):
            day = (ZERO + timedelta(days=number)).date()
            week = [FULL] * 5 + [policy.saturday, REST]
            said = week[MADE_UP.get(day, day.weekday())] if day not in off else REST
            for window in said.split():
                opens, closes = (number * A_DAY + clock(end) for end in window.split("-"))
                self.windows.append((opens, closes))
                self.worked.append(total)
                self.hours.setdefault(number, []).append((opens, closes))
                total += closes - opens
            if said:
                self.days.append(number)
        self.opens = [window[0] for window in self.windows]
        self.closes = [window[1] for window in self.windows]

    def place(self, moment: int) -> int:
        """Office minutes that lie before `moment`."""
        at = bisect_right(self.opens, moment) - 1
        return self.worked[at] + min(moment, self.closes[at]) - self.opens[at]

    def ending(self, place: int) -> int:
        """The moment at which `place` office minutes are over: a closing, not the opening after it."""
        at = bisect_left(self.worked, place) - 1
        return self.opens[at] + place - self.worked[at]

    def beginning(self, place: int) -> int:
        """The same place as late as it can be read: an opening, not the closing before it."""
        at = bisect_right(self.worked, place) - 1
        return self.opens[at] + place - self.worked[at]

    def open_from(self, moment: int) -> int:
        """`moment` if the office is open, closing minute included, else the next opening."""
        at = bisect_left(self.closes, moment)
        return max(moment, self.opens[at])

    def fit(self, day: int, wanted: int) -> int:
        """The moment of that working day nearest to the clock time: break moves on, evening back."""
        later = [max(day * A_DAY + wanted, opens) for opens, closes in self.hours[day]
                 if day * A_DAY + wanted <= closes]
        return later[0] if later else self.hours[day][-1][1]

    def number(self, day: int) -> int:
        """How many working days come before `day`."""
        return bisect_left(self.days, day)

    def quarter(self, moment: int) -> int:
        """Rounded up where the policy says so, at most to the closing of that window or past the break."""
        if not self.policy.quarter or moment % 15 == 0:
            return moment
        return self.fit(moment // A_DAY, moment % A_DAY + 15 - moment % 15)


TAPES: dict[str, Tape] = {}


def tape(policy: str) -> Tape:
    if policy not in TAPES:
        TAPES[policy] = Tape(POLICIES[policy])
    return TAPES[policy]


# ---------------------------------------------------------------- the promise


def start(received: int, tape: Tape, cutoff: str) -> int:
    begins = tape.open_from(received)
    limit = clock(cutoff) if cutoff else clock("15:00") if tape.policy.start == "after_15" else None
    if tape.policy.start == "next_day" or (limit is not None and begins % A_DAY > limit):
        return tape.hours[tape.days[tape.number(begins // A_DAY) + 1]][0][0]
    return begins


def count(begins: int, value: int, unit: str, tape: Tape, trace: list[str]) -> int:
    """The end of `value` units from the office moment `begins`."""
    day, wanted = begins // A_DAY, begins % A_DAY
    if unit == "hour":
        end = tape.ending(tape.place(begins) + 60 * value) if value else begins
        is_opening = begins == tape.hours[day][0][0]
        if value and value % 8 == 0 and is_opening and end == tape.hours[end // A_DAY][-1][1]:
            end = tape.hours[tape.days[tape.number(end // A_DAY) + 1]][0][0]
        trace.append(f"{value} office hours")
        return tape.quarter(end)
    if value == 0:
        trace.append("same day")
        return tape.hours[day][-1][1]
    if unit == "working_day":
        at = tape.number(day)
        last = tape.days[at + value]
        trace.append(" ".join(day_text(each) for each in tape.days[at + 1:at + value + 1][-6:]))
    else:
        last = day + value
        trace.append(f"{value} days: {day_text(last)}")
        last = rolled(last, tape, trace)
    return tape.quarter(end_of(last, wanted, tape))


def rolled(day: int, tape: Tape, trace: list[str]) -> int:
    if day in tape.hours or not tape.policy.rollover:
        return day
    moved = tape.days[tape.number(day)]
    trace.append(f"off, to {day_text(moved)}")
    return moved


def end_of(day: int, wanted: int, tape: Tape) -> int:
    end = tape.policy.end
    if day not in tape.hours:                              # only without rollover
        return day * A_DAY + (wanted if end in ("same_time", "closing") else clock(end))
    if end == "closing":
        return tape.hours[day][-1][1]
    return tape.fit(day, wanted if end == "same_time" else clock(end))


def day_text(day: int) -> str:
    return (ZERO + timedelta(days=day)).strftime("%d/%m")


# ---------------------------------------------------------------- pauses


class Left(NamedTuple):
    days: int
    minutes: int
    is_over: bool

    def text(self) -> str:
        return f"{'-' * self.is_over}{self.days}d{self.minutes}m"


def left(due: int, stops: int, unit: str, tape: Tape) -> Left:
    if unit == "day":
        days = due // A_DAY - stops // A_DAY
        return Left(abs(days), 0, days < 0)
    due_number, number = tape.number(due // A_DAY), tape.number(stops // A_DAY)
    if unit == "working_day" and tape.policy.end != "same_time":
        return Left(abs(due_number - number), 0, due_number < number)
    minutes = tape.place(due) - tape.place(stops)
    is_over = due < stops
    if unit == "hour":
        return Left(0, abs(minutes), is_over)
    wanted, days, way = stops % A_DAY, 0, -1 if is_over else 1
    landing = stops
    while True:
        further = tape.fit(tape.days[number + way * (days + 1)], wanted)
        if way * (due - further) < 0:
            return Left(days, abs(tape.place(due) - tape.place(landing)), is_over)
        landing, days = further, days + 1


def resume(due: int, stops: int, begins: int, unit: str, tape: Tape) -> int:
    """The due moment after the pause."""
    rest = left(due, stops, unit, tape)
    way = -1 if rest.is_over else 1
    day, wanted = begins // A_DAY, begins % A_DAY
    if unit == "day" or (unit == "working_day" and tape.policy.end != "same_time"):
        if day == stops // A_DAY:
            return due
        if unit == "day":
            last = day + way * rest.days
            last = last if rest.is_over else rolled(last, tape, [])
        else:
            last = tape.days[tape.number(day) + way * rest.days]
        if last not in tape.hours or due // A_DAY not in tape.hours:   # overdue, or without rollover
            return tape.fit(last, due % A_DAY) if last in tape.hours else last * A_DAY + due % A_DAY
        is_closing = tape.policy.end == "closing" and due == tape.hours[due // A_DAY][-1][1]
        is_fixed = ":" in tape.policy.end and due == tape.fit(due // A_DAY, clock(tape.policy.end))
        if is_closing:
            return tape.hours[last][-1][1]
        return tape.fit(last, clock(tape.policy.end) if is_fixed else due % A_DAY)
    if stops == begins:
        return due
    landing = tape.fit(tape.days[tape.number(day) + way * rest.days], wanted) if rest.days else begins
    place = tape.place(landing) + way * rest.minutes
    if due in tape.opens:
        end = tape.beginning(place)
    elif due in tape.closes:
        end = tape.ending(place)
    elif rest.minutes:
        end = tape.beginning(place) if rest.is_over else tape.ending(place)
    else:
        end = landing
    return end if rest.is_over else tape.quarter(end)


# ---------------------------------------------------------------- rows


class Found(NamedTuple):
    due: str
    current_due: str
    left: str
    leg_dues: str
    derivation: str


def solve(row: dict[str, str]) -> Found:
    """What the row's columns due, current_due, left, leg_dues and derivation must be."""
    office, trace = tape(row["policy"]), [f"received {short(minute(row['received']))}"]
    begins = start(minute(row["received"]), office, row["cutoff"])
    trace.append(f"from {short(begins)}")
    has_date = bool(row["value"]) and row["unit"] != "none"
    due = count(begins, int(row["value"]), row["unit"], office, trace) if has_date else None
    trace.append(f"due {short(due)}" if due is not None else "no date")
    current, lefts = due, []
    for pause in row["pauses"].split():
        stops, resumes = (office.open_from(minute(end)) for end in pause.split(">"))
        if current is None:
            lefts.append("none")
            continue
        lefts.append(left(current, stops, row["unit"], office).text())
        current = resume(current, stops, resumes, row["unit"], office)
        trace.append(f"stops {short(stops)} left {lefts[-1]}, on from {short(resumes)}: due {short(current)}")
    legs = []
    at = begins
    for leg in row["legs"].split():
        value, unit = leg.rstrip("*").split("x")
        at = count(office.open_from(at), int(value), unit, office, [])
        legs.append(text_of(at))
    return Found(
        text_of(due) if due is not None else "none",
        text_of(current) if row["pauses"] and current is not None else "none" if row["pauses"] else "",
        " ".join(lefts),
        " ".join(legs),
        "; ".join(trace),
    )


def read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def differences(row: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Columns in which the file and this script differ: written, found. A hand derivation is never compared."""
    found = solve(row)._asdict()
    compared = [name for name in found if name != "derivation" or row["by"] == "script"]
    return {name: (row[name], found[name]) for name in compared if row[name] != found[name]}


def fill(file: Path) -> None:
    """The script's own rows anew; rows derived by hand stay as they are written."""
    rows = read(file)
    for row in rows:
        if row["by"] == "script":
            row.update(solve(row)._asdict())
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main(arguments: list[str]) -> int:
    file = Path(arguments[0])
    if "--fill" in arguments:
        fill(file)
    wrong = 0
    for row in read(file):
        for name, (written, found) in differences(row).items():
            wrong += 1
            place = f"{row['id']} ({row['rule']}, {row['by']}) {name}"
            sys.stdout.write(f"{place}: written {written}, found {found}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
