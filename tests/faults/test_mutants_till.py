"""The lies about money: each can be told and has a name of its own, and one of them is found out in earnest."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.faults.mutants import GONE
from tests.faults.mutants_life import ROOT
from tests.faults.mutants_till import all_mutants
from tests.faults.till_mutants import EQUIVALENT


def test_every_rule_of_the_money_can_be_left_out_and_has_a_name_of_its_own() -> None:
    found = [mutant for _, mutant in all_mutants()]
    assert len({mutant.name for mutant in found}) == len(found) > 80
    for mutant in found:
        assert mutant.start != GONE, f"the source has changed, write it anew: {mutant.name}"
        source = (ROOT / mutant.path).read_text(encoding="utf-8")
        compile(mutant.apply(source), mutant.path, "exec")
        assert mutant.apply(source) != source, mutant.name
    assert set(EQUIVALENT) <= {mutant.name for mutant in found}, "a reason for a mutant that is no more"


@pytest.mark.slow
def test_a_rule_of_the_money_left_out_is_missed() -> None:
    # In a copy of the tree, whose tests are run twice before: the other lies have their own command.
    command = [sys.executable, "-m", "tests.faults.mutants_till", "--like", "the second person is the first"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert said.returncode == 0 and "1 mutants, 1 killed" in said.stdout, said.stdout + said.stderr
