"""Join the province with the file or the square code that it gave out: nothing is typed."""

from __future__ import annotations

from app.clock import Clock
from app.errors import Refusal
from app.services.machine_settings import keep_machine_settings
from app.store.database import Database
from sync.client import GatewayClient
from sync.contract.enrol_file import EnrolFile, NotAnEnrolFile, read_enrol_file
from sync.contract.messages import Signed
from sync.enrol import enrol_counter
from sync.pinning import pin_ca_content, pinned_ca, unpin_ca
from sync.signed import is_signed


def read_file(text: str) -> tuple[EnrolFile, Signed]:
    """Raises Refusal `enrol_file_unreadable`, `enrol_file_newer`."""
    try:
        return read_enrol_file(text)
    except NotAnEnrolFile as error:
        raise Refusal("enrol_file_newer" if error.what == "newer" else "enrol_file_unreadable") from error


def enrol_by_file(database: Database, file: EnrolFile, signed: Signed, clock: Clock) -> None:
    """Enrol this book, with settings and lock of the file.

    Whom the file names is believed about the gateway from the first word on, and not any more if that led nowhere.
    Raises what `enrol_counter` does, `ca_unreadable`, and `enrol_file_false` where the province that answered has
    not signed the file: then its code may be good, but address and CA are of somebody who may stand between. So
    nothing is kept; with the address from the province, the same code may be tried again on this machine.
    """
    def refuse_false(province_key: bytes) -> None:
        if not is_signed(province_key, signed):
            raise Refusal("enrol_file_false")

    was_pinned = pinned_ca(database) is not None
    if file.ca and not was_pinned:
        pin_ca_content(database, file.ca.encode(), "enrolment")
    try:
        with GatewayClient(file.gateway) as client:
            enrol_counter(
                database, client, file.gateway, file.code, device_name="counter", clock=clock, vouch=refuse_false
            )
    except BaseException:
        if not was_pinned:
            unpin_ca(database)
        raise
    with database.writing() as connection:
        keep_machine_settings(connection, file.settings, file.lock)
