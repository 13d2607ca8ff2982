"""The first file of the installed program: a helper of ours, the command line, or the window."""

from __future__ import annotations

import os
import sys

from app.own_program import (
    become_helper,
    give_back_surroundings,
    go_on_with_former,
    helper_asked_for,
    offer_former,
)

give_back_surroundings(os.environ)
if (helper := helper_asked_for(sys.argv[1:])) is not None:
    become_helper(helper, sys.argv[3:])
    sys.exit(0)

offer_former(os.environ)
from ui.launch import main  # noqa: E402 - a helper must not pay for it

sys.exit(go_on_with_former(main(sys.argv[1:])))
