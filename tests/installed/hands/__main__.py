"""`python3 -m hands PLAN`: PLAN says `do` (see DOES), `screen` (its number) and what that work wants."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from .said import Stuck, say
from .screen import screen
from .survey import survey
from .tree import Tree
from .work import look, play, starts, update

DOES = {"play": play, "look": look, "starts": starts, "survey": survey, "update": update}


def main(plan: dict[str, Any]) -> int:
    os.environ.pop("PYTHONPATH")           # ours, not the program's
    os.environ["QT_LINUX_ACCESSIBILITY_ALWAYS_ON"] = "1"
    try:
        with screen(int(plan["screen"])):
            try:
                DOES[plan["do"]](plan)
            except Stuck:
                say("in_sight", words=Tree().words()[:150])
                raise
    except Stuck as stuck:
        say("stuck", what=str(stuck))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])))
