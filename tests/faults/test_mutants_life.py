"""The lies themselves: they can be told, each has a name of its own, and one of them is found out in earnest."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.faults.equivalent_mutants import EQUIVALENT
from tests.faults.mutants import GONE
from tests.faults.mutants_life import ROOT, all_mutants


def test_every_mutant_changes_the_source_and_has_a_name_of_its_own() -> None:
    found = [mutant for _, mutant in all_mutants()]
    assert len({mutant.name for mutant in found}) == len(found) > 400
    for mutant in found:
        if mutant.start != GONE:
            source = (ROOT / mutant.path).read_text(encoding="utf-8")
            assert mutant.apply(source) != source, mutant.name
    assert set(EQUIVALENT) <= {mutant.name for mutant in found}, "a reason for a mutant that is no more"


# In a copy of the tree, whose tests are run twice before; the other lies have their own command.
@pytest.mark.slow
def test_a_mutant_is_found_out() -> None:
    module = "tests.faults.mutants_life"
    command = [sys.executable, "-m", module, "--only", "event", "--like", "the base is ignored"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert said.returncode == 0 and "1 mutants, 1 killed" in said.stdout, said.stdout + said.stderr
