"""`python -m sync.gateway`: serve, say to the national database, show the page, take what came by hand, or a
command of `admin.py`."""

from __future__ import annotations

import sys

from sync.gateway import admin, bundle_command, serve
from sync.gateway.bridge import command as bridge
from sync.gateway.operator import serve as operator

if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[:1] == ["bridge"]:
        sys.exit(bridge.main(arguments[1:]))
    if arguments[:1] == [operator.COMMAND]:
        sys.exit(operator.main(arguments[1:]))
    if arguments[:1] == [bundle_command.COMMAND]:
        sys.exit(bundle_command.main(arguments[1:]))
    sys.exit(admin.main(arguments) if arguments and arguments[0] in admin.COMMANDS else serve.main(arguments))
