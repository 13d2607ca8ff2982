"""Many dossiers in one go: their own numbers, one basket, one annex that can be printed again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.applicant import Person, Submitter
from app.domain.intake import ChargedFee, FeeTiming
from app.domain.paper_number import PaperKind, read_paper_number
from app.errors import Refusal
from app.printing.papers import render
from app.services.groups import annexes_of, group_of, read_basket
from app.services.papers.prints import ask_print_again, paper_print
from tests.app.services.intake.counters import annex, in_group, receive, replayed
from tests.office import office_in, sample_intake

GROUP = "019f-nhóm"


def test_dossiers_of_a_group_have_their_own_numbers_and_know_each_other(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        codes = [receive(office, intake) for intake in in_group(GROUP, "a", "b", "c")]
        alone = receive(office, sample_intake("khác"))
        with office.application.database.reading() as connection:
            basket = read_basket(connection, GROUP)
            groups = [group_of(connection, code) for code in (*codes, alone)]
    assert [member.code for member in basket.members] == codes
    assert len(set(codes)) == 3
    assert groups == [GROUP, GROUP, GROUP, ""]


def test_the_basket_adds_what_is_taken_now_apart_from_what_is_taken_later(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        now, later, exempt, unknown = in_group(GROUP, "a", "b", "c", "d")
        for intake in (
            now,
            replace(later, fee_timing=FeeTiming.AFTER),
            replace(exempt, fee_timing=FeeTiming.EXEMPT, exemption_reason="hộ nghèo",
                    exemption_proof="giấy số 1 (mẫu)"),
            replace(unknown, fees=(ChargedFee("Lệ phí", "fee", 50_000), ChargedFee("Phí", "charge", None))),
        ):
            receive(office, intake)
        with office.application.database.reading() as connection:
            basket = read_basket(connection, GROUP)
    assert [member.fee for member in basket.members] == [200_000, 200_000, 0, None]
    assert (basket.now, basket.later, basket.unknown) == (200_000, 200_000, 1)


def test_the_annex_lists_every_dossier_with_its_date_and_fee(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        first, second = in_group(GROUP, "a", "b")
        codes = [receive(office, first), receive(office, replace(second, fee_timing=FeeTiming.AFTER))]
        other = in_group(GROUP, "c", procedure="1.000001", name="Lê Thị Kiểm Thử", personal_id="045182003345")[0]
        codes.append(receive(office, other))
        _, paper = annex(office, GROUP)
        pdf = render(paper)
    assert [line.code for line in paper.lines] == codes
    assert [line.fee for line in paper.lines] == [200_000, 200_000, 0]
    assert paper.lines[0].due_at is not None and paper.lines[2].due_at is None
    assert paper.submitter_name == "Nguyễn Thị Mẫu Ánh"
    assert paper.lines[2].note == "tự nộp"
    assert paper.fee_note == "trong đó thu sau 200.000 đ"
    number = read_paper_number(paper.number)
    assert number is not None and number.kind is PaperKind.GROUP
    assert pdf.startswith(b"%PDF")


def test_one_who_hands_in_for_many_is_named_once(tmp_path: Path) -> None:
    helper = Submitter(Person("Phan Văn Thử", "049085001234"), is_delegate=True)
    with office_in(tmp_path) as office:
        for intake in in_group(GROUP, "a", "b"):
            receive(office, replace(intake, submitter=helper))
        _, paper = annex(office, GROUP)
    assert (paper.submitter_name, paper.submitter_identifier) == ("Phan Văn Thử", "049085001234")
    assert paper.delegate_paper
    assert [line.note for line in paper.lines] == ["", ""]


def test_an_annex_asked_for_twice_is_one_paper_and_a_group_that_grew_gets_another(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        first, second, third = in_group(GROUP, "a", "b", "c")
        receive(office, first)
        receive(office, second)
        job, paper = annex(office, GROUP)
        again, _ = annex(office, GROUP)
        office.clock.advance(timedelta(minutes=3))
        receive(office, third)
        grown, longer = annex(office, GROUP)
        with office.application.database.reading() as connection:
            earlier = paper_print(connection, office.application.enrolled, job).values
            kept = [each.job for each in annexes_of(connection, GROUP)]
    assert again == job != grown
    assert paper.number != longer.number
    assert (len(paper.lines), len(longer.lines)) == (2, 3)
    assert earlier == paper, "the paper of before is printed as it was"
    assert kept == [job, grown]


def test_an_annex_printed_again_is_marked_as_a_copy(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        receive(office, in_group(GROUP, "a")[0])
        job, paper = annex(office, GROUP)
        counter = office.application.enrolled
        with office.application.database.writing() as connection:
            copy = ask_print_again(
                connection, counter, office.clerk, job, intent="in lại", now=office.clock.now(),
                randomness=office.noise.randbytes,
            )
            found = paper_print(connection, counter, copy)
    assert found.values == paper
    assert found.mark is not None and found.mark.number == 1


def test_a_group_without_dossiers_has_no_annex(tmp_path: Path) -> None:
    with office_in(tmp_path) as office, pytest.raises(Refusal, match="group_empty"):
        annex(office, GROUP)


def test_groups_are_the_same_after_a_replay(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        for intake in (*in_group(GROUP, "a", "b"), *in_group("khác", "c"), sample_intake("d")):
            receive(office, intake)
        before, after = replayed(office)
    assert before == after
    assert len(before) == 3


def test_a_plain_dossier_pays_nothing_for_groups_and_online_codes(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        receive(office, sample_intake("a"))
        said: list[str] = []
        with office.application.database.writing() as connection:
            connection.connection.driver_connection.set_trace_callback(said.append)
        receive(office, sample_intake("b"))
        plain, said[:] = list(said), []
        receive(office, in_group(GROUP, "c")[0])
    # A row that is reported to the seal is traced under its statement once more.
    grouped = {line for line in said if "dossier_groups" in line}
    assert not [line for line in plain if "dossier_groups" in line or "online_claims" in line or "aliases" in line]
    assert len(grouped) == 1, "the watch sees what it looks for"
