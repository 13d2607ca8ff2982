"""Fills the page's cards from the arrangement and the newest reading: one look after anything that happened."""

from __future__ import annotations

from app.domain.arrangement import TRAY
from ui.background.page_intake import PageIntake
from ui.pages.digitise.cells import page_cells, waiting_in_tray
from ui.pages.digitise.filing import Filing
from ui.pages.digitise.items import paper_items
from ui.pages.digitise.left_column import LeftColumn
from ui.pages.digitise.moving import Moving
from ui.pages.digitise.pages_card import PagesCard
from ui.pages.digitise.reading import Shown
from ui.pages.digitise.view_card import ViewCard
from ui.pages.digitise.viewing import Viewing
from ui.pages.digitise.words import doubt_advice
from ui.translations import tr
from ui.widgets.banner import Banner
from ui.widgets.chip import Chip


class Showing:
    """`show` everything; the parts can be shown alone when nothing else can have changed."""

    def __init__(
        self, intake: PageIntake, filing: Filing, moving: Moving, side: LeftColumn, pages: PagesCard,
        viewer: ViewCard, viewing: Viewing, offer: Banner, done: Chip,
    ) -> None:
        self._intake, self._filing, self._moving = intake, filing, moving
        self._side, self._pages, self._viewer, self._viewing = side, pages, viewer, viewing
        self._offer, self._done = offer, done
        self._place = TRAY
        self._shown: Shown | None = None

    def show(self, shown: Shown, place: str) -> None:
        self._shown, self._place = shown, place
        arrangement, pages, thumbs = self._intake.arrangement, self._intake.pages, self._pages.thumbs
        items = paper_items(arrangement, pages, shown.papers, self._filing.noted)
        self._side.show_items(items, None if self._moving.is_on else place)
        self._side.tray.show_tray(waiting_in_tray(arrangement, pages), is_current=place == TRAY)
        chosen = thumbs.chosen_pages()
        self._pages.model.show_cells(page_cells(arrangement, pages, place))
        if chosen and thumbs.chosen_pages() != chosen:
            thumbs.choose(chosen)                  # what was chosen has moved; else the view stays as it is
        if thumbs.current_page() is None and self._pages.model.rowCount():
            thumbs.stand_on(self._pages.model.cell(0).page)
        self._show_heads(shown)
        self.show_file_button()
        self._show_offer(shown)
        self.show_page()

    def show_page(self) -> None:
        """The page in hand, large, with what is doubtful about it."""
        cell = self._pages.thumbs.current_page()
        page = self._intake.pages.get(cell.page) if cell is not None else None
        self._viewing.show_page(page, cell.turn if cell is not None else 0)
        total = self._pages.model.rowCount()
        self._viewer.set_title(
            tr("Trang {number}/{total}", number=cell.number, total=total) if cell else tr("Trang đang xem")
        )
        finding = page.finding if page is not None else None
        said = [doubt_advice(code) for code in finding.doubts] if finding is not None else []
        if finding is not None and finding.is_over_budget:
            said.append(tr("Trang này vẫn lớn dù đã nén. Lưu được nếu cả giấy không quá giới hạn."))
        self._viewer.say_doubt(" ".join(said))

    def say_over_pages(self) -> None:
        """Whose pages these are, or that some of them are on their way."""
        paper = self._shown.paper(self._place) if self._shown is not None else None
        words = paper.name if paper is not None else tr("{n} trang", n=self._pages.model.rowCount())
        self._pages.say(self._moving.words() if self._moving.is_on else words, is_aiming=self._moving.is_on)

    def show_file_button(self) -> None:
        ready = len(self._filing.ready())
        button = self._side.file
        if self._filing.is_busy:
            button.set_label(tr("Đang lưu…"))
        else:
            button.set_label(tr("Lưu {n} giấy đã xếp", n=ready) if ready else tr("Không có gì mới để lưu"))
        button.setEnabled(bool(ready) and not self._filing.is_busy)

    # inside

    def _show_heads(self, shown: Shown) -> None:
        paper, done = shown.paper(self._place), shown.completeness
        self._pages.set_title(tr("Chưa xếp") if paper is None else tr("Các trang"))
        self._done.set_state(
            tr("{done}/{all} giấy đã số hóa", done=done.digitised, all=done.required),
            "ok" if done.required and done.is_digitised else "neutral",
        )
        if paper is None:
            self._pages.show_empty(tr("Không còn trang nào chưa xếp"), tr("Mỗi trang đã nằm dưới một giấy."))
        else:
            self._pages.show_empty(
                tr("Chưa có trang nào ở giấy này"), tr("Bấm S để quét, hoặc chuyển trang từ Chưa xếp sang."),
            )
        self._side.scan.show_target(paper.name if paper is not None else "")
        self.say_over_pages()

    def _show_offer(self, shown: Shown) -> None:
        found = self._filing.reusable_for(shown.paper(self._place))
        if found is None:
            self._offer.silence()
            return
        title = tr("Giấy này đã có bản số hóa trong hồ sơ {code}. Dùng lại?", code=found.source.code)
        if self._offer.isHidden() or self._offer.title() != title:
            self._offer.say(
                "info", title, tr("Cùng người nộp. Bấm U để dùng lại, không phải quét."), tr("Dùng lại"), "U",
            )
