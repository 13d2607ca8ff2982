"""Commands that open the window."""

from __future__ import annotations

import argparse


def open_window(said: argparse.Namespace) -> int:
    return 0


def open_demo(said: argparse.Namespace) -> int:
    return 0
