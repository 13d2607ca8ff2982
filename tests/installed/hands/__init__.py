"""Inside the clean root, with the system's own Python: a screen, a keyboard, and what a screen reader is told.

    python3 -m hands PLAN        PLAN: JSON, see `__main__`; one JSON line an event on stdout

Standard library, gi and xdotool only: nothing of the project. Runs under `dbus-run-session`.
"""
