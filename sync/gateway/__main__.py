"""`python -m sync.gateway`: serve, say to the national database, show the page, take what came by hand, or a
command of `admin.py`. Each is imported only when it is meant: a command need not wait for a web server."""

from __future__ import annotations

import sys
from collections.abc import Sequence

_OTHERS = {
    "operator": "serve the page for the province's operator",
    "bridge": "tell the national database what the offices did",
    "take-bundle": "take what came by hand, a file or a stick's folder, into custody",
    "support-code": "what a support code says that a clerk reads out",
    "support-bundle": "open the support file that a counter sent",
}


def main(arguments: Sequence[str]) -> int:
    """The exit code of what the first word names; without one the gateway serves."""
    word = arguments[0] if arguments else ""
    if word in ("-h", "--help"):
        from sync.gateway import admin, serve

        said = {name: line for name, (_, line, _) in admin.COMMANDS.items()} | _OTHERS
        return serve.main(arguments, "\n".join((
            "a word in front does something else and has a --help of its own:",
            *(f"  {name:<18} {line}" for name, line in sorted(said.items())))))
    if word == "bridge":
        from sync.gateway.bridge import command as bridge

        return bridge.main(arguments[1:])
    if word == "operator":
        from sync.gateway.operator import serve as operator

        return operator.main(arguments[1:])
    if word == "take-bundle":
        from sync.gateway import bundle_command

        return bundle_command.main(arguments[1:])
    if word in ("support-code", "support-bundle"):
        from sync.gateway import support_command

        return support_command.main(word, arguments[1:])
    if word and not word.startswith("-"):
        from sync.gateway import admin

        return admin.main(arguments)
    from sync.gateway import serve

    return serve.main(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
