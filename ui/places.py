"""The pages of the nine places and the ways between them: a count opens its list, a scan its dossier.

Only the start screen is imported with the window; the other pages when they are first entered.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from app.domain.paper_number import PaperKind, read_paper_number
from app.domain.receipt_code import read_receipt_code
from app.domain.scan_kind import ScanKind, scan_kind
from app.errors import KnownError, Refusal
from app.store.queries.dossiers import DossierList
from app.store.queries.late import LatePart
from ui.help_pages import DIGITISE_PAGE, POST_PAGE
from ui.main_window import MainWindow
from ui.messages import sentence
from ui.models.typed_search import GROUP, Looking, read_typed
from ui.operations.desk import Desk
from ui.pages.dossier.superseded import ScannedPaper
from ui.pages.home.page import HomePage
from ui.shortcuts import Place

if TYPE_CHECKING:
    from ui.pages.admin.page import AdminPage
    from ui.pages.cash.page import CashPage
    from ui.pages.digitise.page import DigitisePage
    from ui.pages.dossier.page import DossierPage
    from ui.pages.handover.page import HandoverPage
    from ui.pages.intake.page import IntakePage
    from ui.pages.obstacles.page import ObstaclePage
    from ui.pages.post.page import PostPage
    from ui.pages.report.page import ReportPage
    from ui.pages.returning.page import ReturnPage
    from ui.pages.search.page import SearchPage
    from ui.pages.sync.page import SyncPage


class Courier(Protocol):
    """Who can be asked to send now."""

    def send_now(self) -> None: ...


class Places:
    """Holds the window's pages together; made once per opened office."""

    def __init__(self, window: MainWindow, desk: Desk, courier: Courier) -> None:
        self._window, self._desk, self._courier = window, desk, courier
        window.register_place(Place.HOME, self._home)
        window.register_place(Place.INTAKE, self._intake)
        window.register_place(Place.SEARCH, self._search)
        window.register_place(Place.HANDOVER, self._handover)
        window.register_place(Place.RETURN, self._return)
        window.register_place(Place.CASH, self._cash)
        window.register_place(Place.SYNC, self._sync)
        window.register_place(Place.REPORT, self._report)
        window.register_place(Place.SETTINGS, self._admin)

    # ways

    def offer_recovery(self) -> None:
        """At the start: what was in flight when the program ended is asked about, before any new work."""
        page = self._window.go(Place.HOME)
        assert isinstance(page, HomePage)
        page.offer_recovery()

    def open_first_run(self) -> None:
        """What a new counter still lacks, over the start screen."""
        from ui.pages.first_run.page import FirstRunPage

        self._window.open_beside(Place.HOME, lambda: FirstRunPage(self._desk))

    def set_sending(self, *, is_sending: bool) -> None:
        """A contact with the province began or ended; told to the sync page when it is in front."""
        from ui.pages.sync.page import SyncPage

        page = self._window.page()
        if isinstance(page, SyncPage):
            page.set_sending(is_sending=is_sending)

    def show_files(self, waiting: int, size: int) -> None:
        """Documents are on their way: so many are left, and so many bytes."""
        from ui.pages.sync.page import SyncPage

        page = self._window.page()
        if isinstance(page, SyncPage):
            page.show_files(waiting, size)

    def open_dossier(self, code: str, scanned: object = None) -> None:
        """Show one dossier over the place it was asked from; `scanned` is the paper that was scanned, if any."""
        paper = scanned if isinstance(scanned, ScannedPaper) else None
        try:
            self._window.open_beside(Place.SEARCH, partial(self._dossier, code, paper))
        except KnownError as error:
            self._say(error)

    def open_digitise(self, code: str) -> None:
        """The papers of a dossier, over the page it was asked from."""
        try:
            self._window.open_beside(Place.SEARCH, partial(self._digitise, code), is_over=True)
        except KnownError as error:
            self._say(error)

    def open_scan(self, text: str, *, is_rewritten: bool = False) -> None:
        """A scan the page in front had no use for: our code opens its dossier, a card begins a reception, the
        label of a result a return; that of an original tells who holds it, the number of a list opens it."""
        kind = scan_kind(text)
        if kind is ScanKind.PAPER_NUMBER and self._is_list(text):
            self._handover_in_front().take_scan(text)
            return
        if kind is ScanKind.PAPER_NUMBER and read_typed(text).looking is Looking.GROUP:
            self._desk.sound.accept()
            self._search_in_front().search(text)
            return
        if kind is ScanKind.ITEM_CODE:
            self.open_item(text)
            return
        if self._is_slip(text):
            self.open_post().take_scan(text)
            return
        if kind is ScanKind.RESULT:
            self._return_in_front().take_scan(text, is_rewritten=is_rewritten)
            return
        if kind is ScanKind.ORIGINAL:
            self._return_in_front().show_original(text)
            return
        try:
            found = read_receipt_code(text)
        except Refusal as refusal:
            if kind in (ScanKind.CITIZEN_CARD, ScanKind.PERSONAL_NUMBER):
                self._intake_in_front().take_scan(text, is_rewritten=is_rewritten)
                return
            self._desk.sound.refuse()
            self._say(refusal)
            return
        self._desk.sound.accept()
        self.open_dossier(found.code.text, ScannedPaper(found.version))

    def find(self, text: str) -> None:
        """The find box: a whole code opens its dossier, a list's number the list, anything else is looked up."""
        if self._is_list(text):
            self._handover_in_front().take_scan(text)
            return
        if scan_kind(text) is ScanKind.ITEM_CODE:
            self.open_item(text)
            return
        try:
            found = read_receipt_code(text)
        except Refusal:
            self._search_in_front().search(text)
            return
        self.open_dossier(found.code.text)

    def open_list(self, what: DossierList) -> None:
        """Exactly the list behind a count."""
        self._search_in_front().show_list(what)

    def open_late(self, part: LatePart, name: str) -> None:
        """The overdue dossiers of one holder, agency or clerk."""
        self._search_in_front().show_list(DossierList.OVERDUE, part, name)

    def open_obstacles(self) -> None:
        """The log of obstacles, over the start screen."""
        self._window.open_beside(Place.HOME, self._obstacles)

    def open_item(self, text: str) -> None:
        """The dossier whose result bears this item code; of a bag of dossiers its list."""
        from app.domain.item_code import read_item_code
        from app.services.post.following import find_item
        from app.store.queries.post import bag_of

        try:
            with self._desk.office.database.reading() as connection:
                if number := bag_of(connection, read_item_code(text).text):
                    self._handover_in_front().take_scan(number)
                    return
                found = find_item(connection, text)
        except KnownError as error:
            self._desk.sound.refuse()
            self._say(error)
            return
        self._desk.sound.accept()
        self.open_dossier(found.code)

    def open_post(self) -> PostPage:
        """What goes home by post and is fetched there, over the place for results."""
        from ui.pages.post.page import PostPage

        page = self._window.open_beside(Place.RETURN, self._post)
        assert isinstance(page, PostPage)
        return page

    def close_cash(self) -> None:
        """Thu phí, at the count that closes the cash session of this counter."""
        from ui.pages.cash.page import CashPage

        page = self._window.go(Place.CASH)
        assert isinstance(page, CashPage)
        page.acting.close_session()

    def receive_pickup(self, pickup: str) -> None:
        """Papers that were fetched at home begin a reception, unless something lies over the form."""
        covers = self._intake_in_front().covers
        if not covers.is_open:
            covers.pickup.begin(pickup)

    def correct(self, code: str) -> None:
        self._intake_in_front().correct(code)

    def resume(self, intent: str) -> None:
        self._intake_in_front().resume(intent)

    # pages

    def _home(self) -> HomePage:
        page = HomePage(self._desk)
        page.list_requested.connect(self.open_list)
        page.dossier_requested.connect(self.open_dossier)
        page.draft_requested.connect(self.resume)
        page.pages_requested.connect(self.open_digitise)
        page.intake_requested.connect(self._intake_in_front)
        page.cash_close_requested.connect(self.close_cash)
        page.sent_back_requested.connect(self._sync_in_front)
        page.late_requested.connect(self.open_late)
        page.obstacles_requested.connect(self.open_obstacles)
        page.manifests_requested.connect(self._manifests_in_front)
        return page

    def _intake(self) -> IntakePage:
        from ui.pages.intake.page import IntakePage

        page = IntakePage(self._desk)
        page.dossier_requested.connect(self.open_dossier)
        page.digitise_requested.connect(self.open_digitise)
        return page

    def _search(self) -> SearchPage:
        from ui.pages.search.page import SearchPage

        page = SearchPage(self._desk)
        page.dossier_requested.connect(self.open_dossier)
        return page

    def _handover(self) -> HandoverPage:
        from ui.pages.handover.page import HandoverPage

        page = HandoverPage(self._desk)
        page.dossier_requested.connect(self.open_dossier)
        return page

    def _return(self) -> ReturnPage:
        from ui.pages.returning.page import ReturnPage

        page = ReturnPage(self._desk)
        page.digitise_requested.connect(self.open_digitise)
        page.post_requested.connect(self.open_post)
        return page

    def _cash(self) -> CashPage:
        from ui.pages.cash.page import CashPage

        page = CashPage(self._desk)
        page.dossier_requested.connect(self.open_dossier)
        return page

    def _sync(self) -> SyncPage:
        from ui.pages.sync.page import SyncPage

        page = SyncPage(self._desk)
        page.dossier_requested.connect(self.open_dossier)
        page.send_requested.connect(self._courier.send_now)
        return page

    def _report(self) -> ReportPage:
        from ui.pages.report.page import ReportPage

        page = ReportPage(self._desk)
        page.dossier_requested.connect(self.open_dossier)
        return page

    def _admin(self) -> AdminPage:
        from ui.pages.admin.page import AdminPage

        return AdminPage(self._desk)

    def _dossier(self, code: str, scanned: ScannedPaper | None) -> DossierPage:
        from ui.pages.dossier.page import DossierPage

        page = DossierPage(self._desk, code, scanned)
        page.correct_requested.connect(self.correct)
        page.group_requested.connect(lambda code: self._search_in_front().search(f"{GROUP} {code}"))
        page.other_requested.connect(self.open_dossier)
        page.digitise_requested.connect(self.open_digitise)
        return page

    def _obstacles(self) -> ObstaclePage:
        from ui.pages.obstacles.page import ObstaclePage

        page = ObstaclePage(self._desk)
        page.dossier_requested.connect(self.open_dossier)
        return page

    def _digitise(self, code: str) -> DigitisePage:
        from ui.pages.digitise.page import DigitisePage

        page = DigitisePage(self._desk, code)
        page.help_page = DIGITISE_PAGE
        return page

    def _post(self) -> PostPage:
        from ui.pages.post.page import PostPage

        page = PostPage(self._desk)
        page.help_page = POST_PAGE
        page.dossier_requested.connect(self._open_over)
        page.pickup_requested.connect(self.receive_pickup)
        return page

    def _open_over(self, code: str) -> None:
        """One dossier over a page that stands beside the places; back leads to it again."""
        try:
            self._window.open_beside(Place.SEARCH, partial(self._dossier, code, None), is_over=True)
        except KnownError as error:
            self._say(error)

    @staticmethod
    def _is_slip(text: str) -> bool:
        """Whether this is the temporary number of a home pick-up."""
        number = read_paper_number(text)
        return number is not None and number.kind is PaperKind.PICKUP

    def _intake_in_front(self) -> IntakePage:
        from ui.pages.intake.page import IntakePage

        page = self._window.go(Place.INTAKE)
        assert isinstance(page, IntakePage)
        return page

    @staticmethod
    def _is_list(text: str) -> bool:
        """The number of a hand-over list."""
        number = read_paper_number(text)
        return number is not None and number.kind is PaperKind.HANDOVER

    def _handover_in_front(self) -> HandoverPage:
        from ui.pages.handover.page import HandoverPage

        page = self._window.go(Place.HANDOVER)
        assert isinstance(page, HandoverPage)
        return page

    def _return_in_front(self) -> ReturnPage:
        from ui.pages.returning.page import ReturnPage

        page = self._window.go(Place.RETURN)
        assert isinstance(page, ReturnPage)
        return page

    def _manifests_in_front(self) -> None:
        """Bàn giao, where what nobody has acknowledged waits."""
        self._handover_in_front().show_waiting()

    def _sync_in_front(self) -> None:
        from ui.pages.sync.page import SyncPage

        page = self._window.go(Place.SYNC)
        assert isinstance(page, SyncPage)
        page.show_sent_back()

    def _search_in_front(self) -> SearchPage:
        from ui.pages.search.page import SearchPage

        page = self._window.go(Place.SEARCH)
        assert isinstance(page, SearchPage)
        return page

    def _say(self, error: KnownError) -> None:
        message = sentence(error, self._desk.language())
        self._window.say(f"{message.title}. {message.press} ({message.code})", "bad")
