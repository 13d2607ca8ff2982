"""Which papers a case asks for when this person stands at the counter.

The catalogue lists papers for everyone; who hands them in decides which of them apply.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from app.domain.procedure import Condition, ProcedureCase, Requirement
from app.domain.text import fold

AUTHORISATION_CODE = "uy-quyen"
AUTHORISATION = Requirement(
    code=AUTHORISATION_CODE,
    name="Giấy ủy quyền hoặc văn bản ủy quyền nộp hồ sơ",
    originals=1,
    condition=Condition.DELEGATE,
)
"""Added where the catalogue forgot it: without it nobody can show that the submitter may act."""


def applicable_requirements(
    case: ProcedureCase, *, is_delegate: bool, is_minor: bool, is_organisation: bool
) -> tuple[Requirement, ...]:
    """The requirements of `case` that apply, in the catalogue's order.

    With an authorised submitter the authorisation paper is required (Bộ luật Dân sự 2015 Điều 138; mẫu 01
    names the submitter beside the owner): a paper of the catalogue that is one is raised to required, else
    `AUTHORISATION` is added at the end. Its code is stable, so a parked form and its dossier find it again.
    """
    met = {
        Condition.ALWAYS: True,
        Condition.DELEGATE: is_delegate,
        Condition.MINOR: is_minor,
        Condition.ORGANISATION: is_organisation,
    }
    applying = [
        replace(item, is_required=True) if is_authorisation(item) else item
        for item in case.requirements
        if met[item.condition]
    ]
    if is_delegate and not any(is_authorisation(item) for item in applying):
        applying.append(AUTHORISATION)
    return tuple(applying)


def is_authorisation(requirement: Requirement) -> bool:
    """Whether this paper proves that the submitter may act for the owner."""
    return requirement.condition is Condition.DELEGATE and "uy quyen" in fold(requirement.name)


def missing_requirements(
    requirements: Collection[Requirement], present: Collection[str]
) -> tuple[Requirement, ...]:
    """The required ones whose code is not in `present`, in order.

    Papers that share a group of alternatives ("một trong các giấy tờ sau") satisfy each other: when any of
    the group is present none of it is missing, otherwise its first required paper stands for all.
    """
    satisfied = {item.alternatives for item in requirements if item.alternatives and item.code in present}
    missing: list[Requirement] = []
    for item in requirements:
        if not item.is_required or item.code in present or item.alternatives in satisfied:
            continue
        missing.append(item)
        if item.alternatives:
            satisfied.add(item.alternatives)
    return tuple(missing)
