import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.checklist import (
    AUTHORISATION,
    AUTHORISATION_CODE,
    applicable_requirements,
    is_authorisation,
    missing_requirements,
)
from app.domain.procedure import Condition, ProcedureCase, Requirement
from tests.app.domain.catalogues import FIVE_DAYS

FORM = Requirement("1", "Tờ khai", originals=1)
BIRTH = Requirement("2", "Giấy khai sinh của người chưa thành niên", copies=1, condition=Condition.MINOR)
CHARTER = Requirement("3", "Điều lệ", copies=1, condition=Condition.ORGANISATION)
MANDATE = Requirement("4", "Văn bản ủy quyền (được chứng thực)", originals=1, is_required=False,
                      condition=Condition.DELEGATE)
DELEGATE_ID = Requirement("5", "Căn cước của người nộp thay", copies=1, condition=Condition.DELEGATE)
NOBODY = {"is_delegate": False, "is_minor": False, "is_organisation": False}


def case(*requirements: Requirement) -> ProcedureCase:
    return ProcedureCase("1", "thử", FIVE_DAYS, requirements)


def codes(requirements: tuple[Requirement, ...]) -> list[str]:
    return [item.code for item in requirements]


@pytest.mark.parametrize(("who", "expected"), [
    ({}, ["1"]),
    ({"is_minor": True}, ["1", "2"]),
    ({"is_organisation": True}, ["1", "3"]),
    ({"is_delegate": True}, ["1", "4", "5"]),
    ({"is_delegate": True, "is_minor": True, "is_organisation": True}, ["1", "2", "3", "4", "5"]),
])
def test_only_what_applies_to_this_person_is_asked_for(who: dict[str, bool], expected: list[str]) -> None:
    tried = case(FORM, BIRTH, CHARTER, MANDATE, DELEGATE_ID)
    assert codes(applicable_requirements(tried, **{**NOBODY, **who})) == expected


def test_the_authorisation_of_the_catalogue_becomes_required() -> None:
    found = applicable_requirements(case(FORM, MANDATE), **{**NOBODY, "is_delegate": True})
    assert [item.is_required for item in found] == [True, True]


@pytest.mark.parametrize("requirements", [(), (FORM,), (FORM, DELEGATE_ID)])
def test_a_forgotten_authorisation_is_added_with_a_stable_code(requirements: tuple[Requirement, ...]) -> None:
    found = applicable_requirements(case(*requirements), **{**NOBODY, "is_delegate": True})
    assert found[-1] == AUTHORISATION
    assert (AUTHORISATION_CODE, found[-1].is_required) == ("uy-quyen", True)


def test_without_a_delegate_no_authorisation_is_asked_for() -> None:
    assert not any(is_authorisation(item) for item in applicable_requirements(case(FORM, MANDATE), **NOBODY))


@given(st.lists(st.sampled_from([FORM, BIRTH, CHARTER, MANDATE, DELEGATE_ID]), unique=True),
       st.booleans(), st.booleans())
def test_every_delegate_brings_a_required_authorisation(
    requirements: list[Requirement], is_minor: bool, is_organisation: bool
) -> None:
    found = applicable_requirements(
        case(*requirements), is_delegate=True, is_minor=is_minor, is_organisation=is_organisation
    )
    assert any(is_authorisation(item) and item.is_required for item in found)
    assert len(set(codes(found))) == len(found)


GROUP = (
    Requirement("1", "Giấy A", alternatives="mot-trong"),
    Requirement("2", "Giấy B", alternatives="mot-trong"),
    Requirement("3", "Giấy C"),
    Requirement("4", "Giấy D", is_required=False),
)


@pytest.mark.parametrize(("present", "missing"), [
    ((), ["1", "3"]), (("1",), ["3"]), (("2",), ["3"]), (("3",), ["1"]), (("2", "3"), []), (("4",), ["1", "3"]),
])
def test_one_of_several_papers_is_enough(present: tuple[str, ...], missing: list[str]) -> None:
    assert codes(missing_requirements(GROUP, present)) == missing


def test_nothing_is_missing_once_everything_is_there() -> None:
    for size in range(len(GROUP) + 1):
        for present in itertools.combinations("1234", size):
            left = missing_requirements(GROUP, present)
            assert missing_requirements(GROUP, (*present, *codes(left))) == ()
