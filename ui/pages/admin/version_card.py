"""Phiên bản: what runs, what the book is at, what waits, and a package that came by hand."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QProcess
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.people.roles import Act
from app.errors import EnvironmentFault, KnownError
from app.services.upgrade.installing import failed_install, install_after
from app.services.upgrade.package import Package, take_package
from app.services.upgrade.take_over import upgrades
from app.services.upgrade.word import WAITS, read_word
from app.store.migrate import HEAD
from ui.background.alive import while_alive
from ui.delegates.dates import near_moment
from ui.messages import sentence
from ui.operations.desk import Desk
from ui.operations.upgrade import own_version
from ui.pages.admin.card import AdminCard
from ui.pages.sync.machine_card import Fact
from ui.shortcuts import Key
from ui.translations import mark, tr

UPDATE = Key("U", mark("Cập nhật từ tệp"))
UPDATES = "updates"
"""Folder of the data folder in which the package lies that is to be installed."""


class VersionCard(AdminCard):
    """A package is looked at first and told; U again closes the program, and the system installs it then."""

    def __init__(self, desk: Desk, host: QWidget) -> None:
        super().__init__(tr("Phiên bản"), desk, host)
        self._package: Package | None = None
        self.update_ = self.add_act(UPDATE, tr("Cập nhật từ tệp…"), self.update_from_file)
        self.end_acts()

    # what is shown

    def refresh(self) -> None:
        now = self._desk.clock()
        self.tell(self._facts(now), tr(
            "Bản mới chỉ nhận sổ khi mở lần đầu: sao lưu trước, nâng cấp, đối chiếu từng con số rồi mới dùng. "
            "Có gì không khớp, bản cũ và sổ cũ chạy tiếp."
        ))
        folder = self._desk.office.folder
        word, refused = read_word(folder), failed_install(folder.root / UPDATES, own_version())
        if word is None and refused is not None:
            self.say_error(EnvironmentFault("install_failed", exit=refused))
            return
        if word is None:
            self.trouble.silence()
            return
        said = sentence(EnvironmentFault(word.code, **word.values), self._desk.language())
        self.trouble.say("info" if word.code in WAITS else "warn", said.title, f"{said.detail()} ({said.code})")

    def _facts(self, now: datetime) -> Iterator[Fact]:
        office = self._desk.office
        yield Fact(tr("Chương trình"), own_version() or tr("chạy từ mã nguồn"))
        with office.database.reading() as connection:
            done = upgrades(connection)
        yield Fact(tr("Sổ hồ sơ"), tr("bậc {step}", step=HEAD))
        if done:
            last = done[-1]
            at = near_moment(datetime.fromisoformat(last["at"]), now)
            steps = tr("từ bậc {one} lên bậc {two}", one=last["from"], two=last["to"])
            yield Fact(tr("Nâng cấp gần nhất"), at, steps)
        else:
            yield Fact(tr("Nâng cấp gần nhất"), tr("chưa lần nào"))
        word = read_word(office.folder)
        if word is not None:
            yield Fact(tr("Bản mới đã cài"), word.program or "–", tr("chưa nhận sổ"), "warn")

    # what the clerk does

    def update_from_file(self) -> None:
        """The first time a file is asked for and looked at; then the same key installs it."""
        if not self.is_allowed(Act.BACK_UP):
            return
        if self._package is not None:
            self._hand_over(self._package)
            return
        found, _ = QFileDialog.getOpenFileName(
            self._host, tr("Chọn gói cài đặt"), "", tr("Gói cài đặt (*.deb *.exe)")
        )
        if found:
            self.look_at(Path(found))

    def look_at(self, file: Path) -> None:
        """Copies and checks it beside the window."""
        office = self._desk.office
        into, province = office.folder.root / UPDATES, office.enrolled.province_key
        self.progress.start(tr("Đang kiểm tra gói…"), may_cancel=False)
        self.update_.setEnabled(False)
        self._desk.background.run(
            lambda: take_package(file, into, own_version(), province),
            while_alive(self, self._on_looked), while_alive(self, self._on_refused),
        )

    def _on_looked(self, package: Package) -> None:
        self._package = package
        self._rest()
        vouched = tr("Có chữ ký của tỉnh.") if package.is_vouched else tr(
            "Gói chưa có chữ ký: chỉ cài khi bạn nhận từ người phụ trách máy.")
        self.say(tr(
            "Gói bản {version} nguyên vẹn. {vouched} Bấm U để hệ thống cài; sổ được nhận ở lần mở sau.",
            version=package.version, vouched=vouched,
        ), "ok" if package.is_vouched else "warn")
        self.update_.set_label(tr("Cài bản {version}", version=package.version))

    def _on_refused(self, error: Exception) -> None:
        self._rest()
        if not isinstance(error, KnownError):
            raise error
        self.say_error(error)

    def _hand_over(self, package: Package) -> None:
        try:
            command = install_after(os.getpid(), package)
        except KnownError as error:
            self._forget()
            self.say_error(error)
            return
        self.update_.setEnabled(False)
        self.say(tr(
            "Chương trình đóng lại; hệ thống cài bản {version}, có thể hỏi mật khẩu quản trị, rồi mở lại. "
            "Nếu còn việc dở, bản mới được cài khi bạn đóng chương trình.", version=package.version,
        ), "ok")
        install_at_the_end(command)
        self._host.window().close()

    def _forget(self) -> None:
        self._package = None
        self.update_.set_label(tr("Cập nhật từ tệp…"))
        self._rest()

    def _rest(self) -> None:
        self.progress.finish()
        self.update_.setEnabled(True)
        self.say("")
        self.refresh()


def install_at_the_end(command: Sequence[str]) -> None:
    """Start `command` when this program ends, whenever that is."""
    application = QCoreApplication.instance()
    assert application is not None
    application.aboutToQuit.connect(partial(QProcess.startDetached, command[0], list(command[1:])))
