"""Tra cứu: type, scan or choose a list; Enter opens the dossier."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.citizen_card import read_card
from app.domain.vietnam_time import local
from app.errors import Refusal
from app.store.queries.dossier_lists import DUE_LISTS
from app.store.queries.dossiers import DossierList, DossierRow, all_counts, count
from app.store.queries.late import LatePart
from ui.changes import Change
from ui.models.counts import shown_count
from ui.models.dossier_rows import FoundDossiers, ListedDossiers, known_now
from ui.models.list_words import LIST_WORDS, empty_words, list_words
from ui.models.typed_search import Looking, read_typed
from ui.operations.desk import Desk
from ui.operations.search_purpose import purpose_now
from ui.pages.dossier.superseded import ScannedPaper
from ui.pages.search.dossier_table import DOSSIERS, DossierTable
from ui.pages.search.list_bar import LISTS, ListBar
from ui.pages.search.lists_sheet import ListsSheet
from ui.pages.search.nothing_found import nothing_found
from ui.pages.search.person_search import PersonSearch
from ui.pages.search.purpose_words import purpose_words, shortened
from ui.shortcuts import Key
from ui.translations import mark, tr
from ui.widgets.action_button import ActionButton
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.page import Page
from ui.widgets.paged_table import PAGE_SIZE
from ui.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from ui.dialogs.held_ask_sheet import HeldAskSheet
    from ui.pages.search.purpose_sheet import SearchPurposeSheet
    from ui.pages.search.register_sheet import RegisterSheet

PURPOSE = Key("Alt+9", mark("Mục đích tra cứu người, cho cả ca"))
HELD = Key("Ctrl+B", mark("Báo cáo dữ liệu đang giữ về một người"))


class SearchPage(Page):
    """`dossier_requested` carries the code and the `ScannedPaper` when a receipt's own QR text was entered."""

    dossier_requested = Signal(str, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(tr("Tra cứu"), tr("Hồ sơ của quầy này và của các quầy cùng điểm tiếp nhận"), parent)
        self._desk = desk
        self._list = DossierList.ALL
        self._part: LatePart | None = None             # of the overdue ones
        self._part_name = ""
        self._part_count = 0
        self._typed = read_typed("")
        self._counts = dict.fromkeys(DossierList, 0)
        self.box = SearchBox(
            tr("Tìm hồ sơ"), tr("Tên, số điện thoại (hoặc các số cuối), số giấy tờ, mã hồ sơ; hoặc quét mã vạch")
        )
        self.box.setFixedHeight(44)
        self.box.typed.connect(self.search)
        self.box.submitted.connect(self._on_submitted)
        self.purpose = ActionButton("", PURPOSE.cap, kind="bare")
        self.purpose.clicked.connect(self.ask_purpose)
        self._persons = PersonSearch(desk, self)
        self._is_card = False                          # what is looked for was read from a card
        self.lists = ListBar()
        self.lists.chosen.connect(self.show_list)
        self.lists.others_asked.connect(self.ask_list)
        self._sheet: ListsSheet | None = None
        self._register: RegisterSheet | None = None
        self._purposes: SearchPurposeSheet | None = None
        self._held: HeldAskSheet | None = None
        self.table = DossierTable(tr("Hồ sơ tìm thấy"), desk.clock, DOSSIERS)
        self.table.set_spare(3, 6, 5)
        self.table.opened.connect(self._open)
        self.table.dossiers.page_fetched.connect(self._on_page_fetched)
        self._empty = EmptyState("", icon="search")
        self.table.set_empty(self._empty)
        self._card = Card(tr("Hồ sơ"), is_flush=True)
        self._card.body.addWidget(self.table)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self.box, 1)
        row.addWidget(self.purpose)
        self.body.addLayout(row)
        self.body.addWidget(self.lists)
        self.body.addWidget(self._card, 1)
        self.bind_keys({
            Key(f"Alt+{number}", LIST_WORDS[what][0]): partial(self.show_list, what)
            for number, what in enumerate(LISTS, start=1)
        })
        self.bind_keys({
            Key("Alt+0", mark("Chọn trong mọi danh sách")): self.ask_list,
            Key("Ctrl+P", mark("In sổ theo dõi hồ sơ")): self.ask_register,
            PURPOSE: self.ask_purpose,
            HELD: self.ask_held,
        })
        self.bind_keys({Key("Escape", mark("Xóa ô tìm, về đầu danh sách")): self.clear})
        self.tell_keys(
            Key("Down", mark("Từ ô tìm xuống danh sách")), Key("Enter", mark("Mở hồ sơ đang chọn")),
        )
        desk.changes.happened.connect(self._on_changed)

    # what is shown

    def search(self, text: str, *, is_card: bool = False) -> None:
        """Finds what `text` says; an empty text brings the list back."""
        self._typed, self._is_card = read_typed(text), is_card
        if self.box.text() != text:
            self.box.setText(text)
        self._show()

    def show_list(self, what: DossierList, part: LatePart | None = None, part_name: str = "") -> None:
        """Shows exactly the list behind a count, or one `part` of what is overdue, called `part_name`."""
        self._list, self._part, self._part_name = what, part, part_name
        self._typed, self._is_card = read_typed(""), False
        self.box.clear()
        self._show()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_list(self) -> None:
        """Alt 0: every list with its count."""
        if self._sheet is None:
            self._sheet = ListsSheet(self.window())
            self.destroyed.connect(self._sheet.deleteLater)
            self._sheet.chosen.connect(self.show_list)
        self._show_counts()
        self._sheet.ask(self._counts, self._list)
        self.lists.show_chosen(*self._chosen())        # the press toggled the button

    def ask_register(self) -> None:
        """Ctrl P: which period and which book of the register."""
        if self._register is None:
            from ui.pages.search.register_sheet import RegisterSheet

            self._register = RegisterSheet(self.window(), self._desk)
            self.destroyed.connect(self._register.deleteLater)
        self._register.ask()

    def ask_purpose(self) -> None:
        """Alt 9: why persons are searched for, for the rest of the shift."""
        if self._purposes is None:
            from ui.pages.search.purpose_sheet import SearchPurposeSheet

            self._purposes = SearchPurposeSheet(self.window(), self._desk)
            self.destroyed.connect(self._purposes.deleteLater)
            self._purposes.chosen.connect(self._show_purpose)
        self._persons.settle()                         # what was found so far was looked for with the one before
        self._purposes.ask()

    def ask_held(self) -> None:
        """Ctrl B: what this counter holds about one person, as a paper for that person."""
        if self._held is None:
            from ui.dialogs.held_ask_sheet import HeldAskSheet

            self._held = HeldAskSheet(self.window(), self._desk)
            self.destroyed.connect(self._held.deleteLater)
        self._held.ask()

    def clear(self) -> None:
        """Empties the box, then goes to the top."""
        if self.box.text():
            self.search("")
        else:
            self.table.stand_on(0)
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Reads the counts and the rows again and stays on the same row."""
        self._show_counts()
        self.table.reload()

    def _show(self) -> None:
        if self._typed.looking is Looking.NOTHING:
            self._show_counts()
            self._empty.set_words(empty_words(self._list), tr("Bấm F2 để tiếp nhận hồ sơ mới."))
            self.table.show_rows(ListedDossiers(self._desk, self._list, self._part))
        else:
            self.lists.show_chosen(None)
            self._empty.set_words(*nothing_found(self._typed))
            self.table.show_rows(FoundDossiers(self._desk, self._typed))

    def _show_purpose(self, purpose: str) -> None:
        words = shortened(purpose_words(purpose))
        self.purpose.set_label(tr("Mục đích tra người: {purpose}", purpose=words))

    def _show_counts(self) -> None:
        known = known_now(self._desk)
        with self._desk.office.database.reading() as connection:
            self._counts = all_counts(connection, known)
            if self._part is not None:
                self._part_count = count(connection, self._list, known, self._part)
        self.lists.show_counts(self._counts)
        if self._typed.looking is Looking.NOTHING:
            self.lists.show_chosen(*self._chosen())

    def _chosen(self) -> tuple[DossierList, str, int]:
        """The list in front, the name it has where no key of its own says it, and its length."""
        if self._part is not None:
            name = tr("{list}: {part}", list=list_words(self._list), part=self._part_name)
            return self._list, name, self._part_count
        return self._list, "" if self._list in LISTS else list_words(self._list), self._counts[self._list]

    def _on_page_fetched(self, rows: int) -> None:
        self._persons.looked(self._typed, self.table.dossiers.rows(), is_card=self._is_card)
        if self._typed.looking is Looking.NOTHING:
            what, name, amount = self._chosen()
            self._card.set_title(name or list_words(what))
            if what in DUE_LISTS:
                said = tr("{count} hồ sơ, gấp nhất ở trên", n=amount, count=shown_count(amount))
            else:
                said = tr("{count} hồ sơ, mới nhất ở trên", n=amount, count=shown_count(amount))
            self._card.set_note(said if amount else "")
            return
        self._card.set_title(tr("Tìm “{text}”", text=self._typed.text))
        is_all = not self.table.dossiers.canFetchMore(QModelIndex())
        if not is_all or (rows >= PAGE_SIZE and self._typed.looking is not Looking.NAME):
            self._card.set_note(tr("từ {n} hồ sơ trở lên, gõ thêm để hẹp lại", n=rows))
        else:
            self._card.set_note(tr("{n} hồ sơ", n=rows))

    # what the clerk does

    def _on_submitted(self, text: str) -> None:
        row = self.table.current_row()
        if row is not None:
            self._open(row)

    def _open(self, row: DossierRow) -> None:
        self._persons.settle()
        version = self._typed.version
        self.dossier_requested.emit(row.code, None if version is None else ScannedPaper(version))

    def _on_changed(self, change: Change) -> None:
        if self.isVisible() and (change.dossiers or change.has_sync or change.is_everything):
            self.refresh()

    def arrive(self) -> None:
        self._show_purpose(purpose_now(self._desk))
        self._show() if self.table.dossiers.rowCount() == 0 else self.refresh()
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.box.selectAll()

    def take_scan(self, text: str, *, is_rewritten: bool = False) -> bool:
        """A citizen card here means: find this person. Codes of ours are left to the window."""
        if self._held is not None and self._held.isVisible():
            return self._held.take_card(text, is_rewritten=is_rewritten)
        try:
            person = read_card(text, local(self._desk.clock()).date(), is_rewritten=is_rewritten).person
        except Refusal:
            return False
        if not person.personal_id:
            return False
        self._desk.sound.accept()
        self.search(person.personal_id, is_card=True)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    # Qt's side

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._persons.settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The table and the box take their own keys; only what they have no use for comes here.
        if event.key() == Qt.Key.Key_Down:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.box.hasFocus() and event.text().isprintable() and event.text().strip():
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)
            self.search(event.text())     # who types on the list wants to search
        else:
            super().keyPressEvent(event)
