"""Which cards Quản trị has, in the order in which they stand. One line for each new matter."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ui.operations.desk import Desk
from ui.pages.admin.backup_card import BackupCard
from ui.pages.admin.card import AdminCard
from ui.pages.admin.first_run_card import FirstRunCard
from ui.pages.admin.people_card import PeopleCard
from ui.pages.admin.practice_card import PracticeCard
from ui.pages.admin.problems_card import ProblemsCard
from ui.pages.admin.retention_card import RetentionCard
from ui.pages.admin.self_check_card import SelfCheckCard
from ui.pages.admin.version_card import VersionCard

CARDS: tuple[Callable[[Desk, QWidget], AdminCard], ...] = (
    FirstRunCard,
    BackupCard,
    VersionCard,
    SelfCheckCard,
    PeopleCard,
    RetentionCard,
    ProblemsCard,
    PracticeCard,
)
"""The list of the page has a row for each; the chosen one is shown."""
