"""Which lies are told about the life of dossiers, file by file, and which quick tests must find them out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.faults.mutants import (
    Mutant,
    Source,
    conditions,
    dropped_assignments,
    dropped_rules,
    idle_calls,
    widened_moves,
    written,
)

PURE = ("tests/app/domain/life",)
LIFE = ("tests/app/services/life",)
HANDOVER = ("tests/app/services/handover",)
RESULTS = ("tests/app/services/results",)
POST = ("tests/app/services/post",)
REMAINING = ("tests/app/domain/test_remaining_steps.py", "tests/app/domain/test_remaining.py",
             "tests/app/domain/test_due_vectors.py")
ACTING = ("tests/app/services/life/test_acting.py", "tests/app/services/life/test_what_is_written.py",
          "tests/app/services/life/test_rows_follow.py")
MAKING = ("tests/app/services/handover/test_making.py", "tests/app/services/handover/test_undone_papers.py",
          "tests/app/services/handover/test_undoing_disputed.py")
ACKNOWLEDGING = ("tests/app/services/handover/test_acknowledging.py",
                 "tests/app/services/handover/test_sorting_answers.py")
PRINTS = ("tests/app/services/life/test_prints.py",)
COUNTERS_APART = ("tests/app/services/life/test_counters_apart.py",)
RETURNING = ("tests/app/services/results/test_returning.py", "tests/app/services/results/test_what_is_owed.py")


@dataclass(frozen=True, slots=True)
class Part:
    """Lies about one file; `stages` of tests one after the other, the quickest first, until one finds them out."""

    path: str
    stages: tuple[tuple[str, ...], ...]
    lies: Callable[[Path, str], Iterator[Mutant]]


def _moves(root: Path, path: str) -> Iterator[Mutant]:
    source = Source(root, path)
    rules = frozenset({"_own_rule", "_acknowledged", "_held", "_agency_refusal", "_already", "refusal_of"})
    yield from widened_moves(source)
    yield from dropped_rules(source, rules)
    yield from conditions(source, frozenset({"is_late_news", "is_old_post_news", "_agency_refusal", "refusal_of",
                                             "_acknowledged", "_own_rule", "_already", "_held"}))


def _fold(root: Path, path: str) -> Iterator[Mutant]:
    source = Source(root, path)
    yield from dropped_assignments(source)
    yield from idle_calls(source, "_give")
    yield from idle_calls(source, "_end_pause")
    yield from idle_calls(source, "_stop_clock")
    yield from idle_calls(source, "_arrived")
    yield from idle_calls(source, "_promise")
    yield from idle_calls(source, "_take_originals")
    yield from conditions(source)
    yield from written(root, path, (
        ("events are folded as they come", "for event in in_order(events):", "for event in events:"),
        ("a refused event is applied", "    if code:\n        conflict", "    if False:\n        conflict"),
        ("a conflict is dropped", "conflicts=(*life.conflicts, conflict), tail=event.id", "tail=event.id"),
        ("a new dispute forgets the old conflicts", "conflicts=(*after.conflicts, Conflict(",
         "conflicts=(Conflict("),
        ("a pause ends when it began", "until=max(event.at, life.pauses[-1].since)",
         "until=life.pauses[-1].since"),
        ("a pause may end before it began", "until=max(event.at, life.pauses[-1].since)", "until=event.at"),
        ("requests are not counted", "requests=max(life.requests + 1, facts.request)", "requests=facts.request"),
        ("a second original of a paper overwrites the first", "while name in known:", "while False:"),
        ("every undoing drops all trips", "handovers=life.handovers[:-1]", "handovers=()"),
    ))


def _work(root: Path, path: str) -> Iterator[Mutant]:
    source = Source(root, path)
    yield from conditions(source)
    yield from written(root, path, (
        ("to be posted and ready are swapped", "Work.TO_POST if life.is_posted_back else Work.READY",
         "Work.READY if life.is_posted_back else Work.TO_POST"),
        ("posted stands nowhere", "return {Work.POSTED}", "return set()"),
        ("undelivered stands nowhere", "return {Work.UNDELIVERED}", "return set()"),
        ("a returned dossier owes no original", "State.STOPPED, State.RETURNED)", "State.STOPPED)"),
    ))


def _event(root: Path, path: str) -> Iterator[Mutant]:
    yield from written(root, path, (
        ("the base is ignored", "if event.base in all_events and event.base != event.id:", "if False:"),
        ("an event that builds on itself holds itself back", " and event.base != event.id:", ":"),
        ("an unknown base holds an event back", "if event.base in all_events and event.base != event.id:",
         "if event.base and event.base != event.id:"),
        ("ties by the clock", "event = all_events[heapq.heappop(free)]",
         "free.sort(key=lambda name: all_events[name].at)\n        event = all_events[free.pop(0)]"),
        ("ties by the later id", "event = all_events[heapq.heappop(free)]",
         "free.sort()\n        event = all_events[free.pop()]"),
        ("ties by arrival", "event = all_events[heapq.heappop(free)]", "event = all_events[free.pop(0)]"),
        ("a circle is lost", "    if waiting:  ", "    if False:  "),
        ("a circle stands as it came", "ordered += sorted(left, key=lambda event: event.id)", "ordered += left"),
        ("free events are not heaped", "    heapq.heapify(free)\n", ""),
    ))


def _remaining(root: Path, path: str) -> Iterator[Mutant]:
    source = Source(root, path)
    yield from conditions(source, frozenset({"_left", "_over", "_on_days", "_still_over", "_nothing_passed",
                                             "_promised_clock", "resumed_due", "left_at", "_way"}))
    yield from written(root, path, (
        ("a pause costs time", "after, rule = _on_time(before, starts, left, office, steps), \"left\"",
         "after, rule = before, \"left\""),
        ("whole days are walked from the pause", "_on_days(before, starts, left.days, way, office, steps)",
         "_on_days(before, stops, left.days, way, office, steps)"),
        ("seconds count", "return local(moment).replace(second=0, microsecond=0)", "return local(moment)"),
        ("the counting does not wait for the opening", "stops, starts = office.next_moment(asked), "
         "office.next_moment(came)", "stops, starts = asked, came"),
        ("a day too many is left", "    if landing > due:\n        days -= 1\n", "    if landing > due:\n"),
        ("an overdue day too many", "    if landing < due:\n        days -= 1\n", "    if landing < due:\n"),
    ))


def _projection(root: Path, path: str) -> Iterator[Mutant]:
    yield from written(root, path, (
        ("an event is added twice", "    if _KNOWN.first(connection, {\"of\": dossier, \"event\": event.id}) is "
         "not None:\n        return\n", ""),
        ("an event is not folded", "    })\n    refold(connection, dossier)\n", "    })\n"),
        ("a reception waits for nothing", "    _ADD_WORK.run(connection, {\"kind\": int(Work.TO_HAND_OVER), "
         "\"dossier\": dossier})\n", ""),
        ("a reception keeps no original", "    for one in start.originals:\n", "    for one in ():\n"),
        ("the facts stand unsorted", "sort_keys=True, separators", "sort_keys=False, separators"),
        ("the row does not follow", "    _STAND.run(connection, {", "    dict(**{"),
        ("lists do not follow", "    _list_work(connection, dossier, life)\n", ""),
        ("originals do not follow", "    _place_originals(connection, dossier, life, start)\n", ""),
        ("manifest lines do not follow",
         "    projection_manifests.mark_lines(connection, dossier, life, events)\n", ""),
        ("postings do not follow", "    projection_post.mark_items(connection, dossier, start, events)\n", ""),
        ("a dossier leaves no list", "    for kind in held - wanted:", "    for kind in ():"),
        ("a dossier enters no list", "    for kind in wanted - held:", "    for kind in ():"),
        ("an original stays in its place", "\"holder\": int(one.holder),\n            \"since\": one.since or",
         "\"holder\": 0,\n            \"since\": one.since or"),
        ("a dossier is open for ever", "\"is_open\": life.business in OPEN_STATES", "\"is_open\": True"),
        ("the last event is forgotten", "\"tail\": life.tail,\n", "\"tail\": \"\",\n"),
        ("the end is not dated", "\"ended_date\": _day(life.ended_at)", "\"ended_date\": None"),
        ("the promise is dated in London", "moment.astimezone(VIETNAM).date().isoformat()",
         "moment.date().isoformat()"),
        ("a rebuild keeps old events", "for table in (life_events, worklist, originals):",
         "for table in (worklist, originals):"),
        ("a rebuild keeps old lists", "for table in (life_events, worklist, originals):",
         "for table in (life_events, originals):"),
        ("others' receptions have no text", "        row = (json.loads(fed[0])[\"payload\"],)\n",
         "        raise LookupError(op_id)\n"),
        ("the base is not kept", "str(line[\"base\"]), at, read_facts", "\"\", at, read_facts"),
        ("nothing moved", "max(moments) if life.tail else None", "None"),
    ))


def _counting(root: Path, path: str) -> Iterator[Mutant]:
    yield from written(root, path, (
        ("the count of a list is not raised", "INSERT INTO rollup_work VALUES (NEW.kind, 1) ON CONFLICT DO UPDATE "
         "SET amount = amount + 1;", "SELECT 1;"),
        ("the count of a list is not lowered", "UPDATE rollup_work SET amount = amount - 1 WHERE kind = OLD.kind;",
         "SELECT 1;"),
    ))


def _acting(root: Path, path: str) -> Iterator[Mutant]:
    yield from written(root, path, (
        ("the intent is not asked", "known = book.by_intent(connection, intent)\n    if known is not None:\n"
         "        return _again", "known = None\n    if known is not None:\n        return _again"),
        ("the same intent for another act", "if known.header.type != kind or before != ",
         "if before != "),
        ("the same intent for other dossiers", "if known.header.type != kind or before != [parse_code("
         "line.code).key for line in lines]:", "if known.header.type != kind:"),
        ("nothing is an act", "    if not lines:\n        raise Refusal(\"nothing_to_do\")\n", ""),
        ("a dossier twice", "if held.id in seen:", "if False:"),
        ("the table is not asked", "        check_line(held, facts)\n", ""),
        ("the base is not written", "\"base\": held.life.tail", "\"base\": \"\""),
        ("the date's ground is not written", "        facts = _dated(facts, held.life)\n", ""),
        ("the projection is not told", "    projection.apply(connection, operation, is_own=True)\n", ""),
        ("the facts do not name their operation", "facts = facts_by_id(op_id, line.facts) if facts_by_id is not "
         "None else line.facts", "facts = line.facts"),
        ("the refused line is not named", "{**refusal.values, \"code\": held.code}", "refusal.values"),
        ("whose word it is", "\"source\": str(source)", "\"source\": \"counter\""),
        ("what it is about is dropped", "    if about is not None:\n", "    if False:\n"),
        ("the code as typed is written", "{\"code\": held.code, \"base\"", "{\"code\": line.code, \"base\""),
        ("an account of no agency", "agencies.pop() if len(agencies) == 1 else \"\"", "\"\""),
        ("done again is new", "return Acted(known, is_new=False)", "return Acted(known, is_new=True)"),
    ))


def _pairing(root: Path, path: str) -> Iterator[Mutant]:
    yield from written(root, path, (
        ("one paper scanned twice", "if first.paper is second.paper:", "if False:"),
        ("any two papers belong together", "if wanted.id != found.id:", "if False:"),
        ("only in this order", "receipt, result = (first, second) if first.paper is ReturnPaper.RECEIPT else "
         "(second, first)", "receipt, result = first, second"),
        ("an old receipt is new", "return self.version is not None and self.version < self.held.body.version",
         "return False"),
        ("a receipt for a lost receipt", "if scan.paper is not ReturnPaper.RESULT:", "if False:"),
    ))


def _returning(root: Path, path: str) -> Iterator[Mutant]:
    yield from conditions(Source(root, path), frozenset({"_pair", "_facts", "checked_money", "originals_owed",
                                                         "amount_due"}))
    yield from written(root, path, (
        ("two papers of another dossier", "if held.id != find_here(connection, code).id:", "if False:"),
        ("no paper is printed", "    job = ask_print(\n        connection, paper=RESULT_RECEIPT, "
         "op_id=acted.op_id, code=code, clerk_name=clerk.name, now=now\n    )\n", "    job = ''\n"),
        ("the collector is not checked", "collector=checked_collector(handing.collector, intake.applicant, "
         "intake.submitter, handing.note)", "collector=handing.collector"),
        ("the old receipt is not noted", "\"is_old_receipt\": pair.is_old_receipt}", "\"is_old_receipt\": False}"),
    ))


def _making(root: Path, path: str) -> Iterator[Mutant]:
    yield from written(root, path, (
        ("any agency's dossiers", "if one.agency != agency:", "if False:"),
        ("originals stay behind", "tuple(chosen.get(code, [name for name, _ in one.originals]))", "()"),
        ("the total of originals", "sum(len(line[\"facts\"][\"originals\"]) for line in lines)", "len(lines)"),
        ("the total of lines", "codes = tuple(str(line[\"code\"]) for line in lines)\n    papers",
         "codes = tuple(str(line[\"code\"]) for line in lines[1:])\n    papers"),
        ("every list is the first",
         "return number_after(taken, counter, PaperKind.HANDOVER, day)", "return first"),
        ("another counter's numbers count", ", manifests.c.device == counter.device", ""),
        ("an answered list is undone", "    if answered is not None:\n", "    if False:\n"),
        ("an undone list is undone", "    if manifest.is_undone:\n        raise Refusal(\"manifest_undone\"",
         "    if False:\n        raise Refusal(\"manifest_undone\""),
        ("answered lines are undone, too", "[line.code for line in lines if line.state is LineState.OPEN]",
         "[line.code for line in lines]"),
        ("undone lists are printed", "paper_prints.c.state.in_((\"waiting\", \"failed\"))",
         "paper_prints.c.state.in_((\"never\",))"),
        ("printed lists are forgotten", "paper_prints.c.state.in_((\"waiting\", \"failed\"))",
         "paper_prints.c.state.in_((\"waiting\", \"failed\", \"printed\"))"),
        ("the list does not name itself", "return replace(facts, manifest=op_id)", "return facts"),
        ("a list by post without a code",
         "    if not text.strip():\n        raise Refusal(\"item_code_needed\")\n", ""),
        ("a list by hand with a code", "    if route is Route.HAND:\n        return \"\"\n", ""),
        ("no control sheets", "    if about[\"has_control_sheets\"]:\n", "    if False:\n"),
        ("the versions are not kept", "\"versions\": [one.version for one in leaving]", "\"versions\": []"),
        ("a printed list is no paper", "paper_prints.c.state.in_((\"sent\", \"printed\"))",
         "paper_prints.c.state.in_((\"never\",))"),
        ("undone is said of one list for another", "about={\"manifest\": found.id, \"number\": found.number}",
         "about={}"),
    ))


def _acknowledging(root: Path, path: str) -> Iterator[Mutant]:
    yield from written(root, path, (
        ("nobody answers", "    if not by_name.strip():\n        raise Refusal(\"receiver_name_missing\")\n", ""),
        ("an undone list is answered", "    if found.is_undone:\n        raise Refusal(\"manifest_undone\", "
         "manifest=found.number)\n", ""),
        ("nothing is amiss", "is_amiss = bool(seen_extras) or any(each.verdict is not LineVerdict.ACCEPTED for "
         "each in fresh)", "is_amiss = False"),
        ("extras are not amiss", "bool(seen_extras) or any(", "any("),
        ("extras stay at the counter", "for extra in seen_extras.values() if extra.kind is ExtraKind.KEPT",
         "for extra in ()"),
        ("every extra is the agency's", " if extra.kind is ExtraKind.KEPT", ""),
        ("the same answer for another list", "if known.body.get(\"about\", {}).get(\"manifest\") != found.id:",
         "if False:"),
        ("accepted before is not counted",
         "sum(line.state is LineState.ACCEPTED for line in lines)\n        + ", ""),
        ("extras are counted as listed", "sum(line.state is not LineState.EXTRA for line in lines)", "len(lines)"),
        ("the slip is not printed", "    if slip:\n        jobs", "    if False:\n        jobs"),
        ("whose word it is", "randomness=randomness, source=source,", "randomness=randomness,"),
        ("who answered", "Acknowledged(found.id, each.verdict, each.reason, by_name.strip())",
         "Acknowledged(found.id, each.verdict, each.reason, \"\")"),
        ("why it was refused", "Acknowledged(found.id, each.verdict, each.reason, by_name.strip())",
         "Acknowledged(found.id, each.verdict, \"\", by_name.strip())"),
    ))


def _answering(root: Path, path: str) -> Iterator[Mutant]:
    yield from conditions(Source(root, path))


def _prints(root: Path, path: str) -> Iterator[Mutant]:
    yield from written(root, path, (
        ("the same act asks twice", "    if known is None:\n        connection.execute(insert(paper_prints)",
         "    if True:\n        connection.execute(insert(paper_prints)"),
        ("every copy is the first", "number = printed + 1", "number = 1"),
        ("a copy is not journalled", "        book.append(connection, counter.author(clerk), book.Event(",
         "        str(book.Event("),
        ("the copy's intent is not asked", "    known = book.by_intent(connection, intent)\n    if known is not "
         "None:\n        number", "    known = None\n    if known is not None:\n        number"),
        ("a copy does not say so", "    if row.copy_number > 0:\n", "    if False:\n"),
        ("what was printed is open", ".where(paper_prints.c.state != \"printed\")", ""),
        ("others' operations have no papers", "    if fed is None:\n        raise", "    if True:\n        raise"),
    ))


PARTS = (
    Part("app/domain/life/event.py", (PURE,), _event),
    Part("app/domain/life/moves.py", (PURE, LIFE + RESULTS, HANDOVER + POST), _moves),
    Part("app/domain/life/fold.py", (PURE, LIFE + RESULTS, HANDOVER + POST), _fold),
    Part("app/domain/life/work.py", (PURE,), _work),
    Part("app/domain/remaining.py", (REMAINING, LIFE), _remaining),
    Part("app/services/life/acting.py", (ACTING, LIFE, HANDOVER + RESULTS), _acting),
    Part("app/services/handover/making.py", (MAKING, HANDOVER), _making),
    Part("app/services/handover/acknowledging.py", (ACKNOWLEDGING, HANDOVER), _acknowledging),
    Part("app/services/handover/answering.py", (ACKNOWLEDGING, HANDOVER), _answering),
    Part("app/services/results/pairing.py", (RETURNING, RESULTS), _pairing),
    Part("app/services/results/returning.py", (RETURNING, RESULTS), _returning),
    Part("app/services/papers/prints.py", (PRINTS,), _prints),
    Part("app/store/projection_life.py", (ACTING, MAKING, ACKNOWLEDGING, POST + COUNTERS_APART), _projection),
    Part("app/store/migrations/versions/v0003_life.py", (ACTING,), _counting),
)
