"""The line to the province and the second medium, for the machine's test of itself. Nothing is sent or kept."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from app.domain.self_check import Checked, Part, State
from app.errors import EnvironmentFault, KnownError
from app.services import second_copy as known
from app.services.counter import Counter
from app.services.courier import gateway_of, outbox
from app.store.database import Database
from sync.client import LOOPBACK, GatewayClient
from sync.contract import PROTOCOL
from sync.pinning import pinned_ca
from sync.second_copy.disk import MediumDisk
from sync.second_copy.medium import find_medium

Probe = Callable[[str, str | None], None]
"""(address, file of the CA): returns when a gateway answers. Raises KnownError with what stands in the way."""


def probe(url: str, ca_file: str | None) -> None:
    """Ask whether a gateway is there; who we are is not said."""
    with GatewayClient(url, ca_file=ca_file) as client:
        client.ask_health()


def check_gateway(database: Database, counter: Counter, ask: Probe = probe) -> Checked:
    """Reachable, by what kind of line, and what the last contact said."""
    with database.reading() as connection:
        gateway, box = gateway_of(connection), outbox(connection, counter)
    if gateway is None:
        return Checked(Part.GATEWAY, State.OPEN, "none")
    values: dict[str, str | int] = {"protocol": PROTOCOL, "unsent": box.unsent}
    if box.last_contact_at is not None:
        values["at"] = box.last_contact_at.isoformat()
    try:
        ask(gateway.url, pinned_ca(database))
    except KnownError as error:
        state = State.BAD if error.code in ("tls_refused", "gateway_address_wrong") else State.WARN
        return Checked(Part.GATEWAY, state, "unreachable", {**values, "code": error.code})
    if box.last_problem is not None and box.last_problem["code"] != "mass_change":
        return Checked(Part.GATEWAY, State.WARN, "refused", {**values, "code": str(box.last_problem["code"])})
    found = urlsplit(gateway.url)
    if found.scheme != "https" and found.hostname not in LOOPBACK:
        return Checked(Part.GATEWAY, State.BAD, "open_line", values)
    if "at" not in values:
        return Checked(Part.GATEWAY, State.WARN, "never", values)
    return Checked(Part.GATEWAY, State.GOOD, "good" if found.scheme == "https" else "good_here", values)


def check_medium(database: Database, counter: Counter, disk: MediumDisk | None = None) -> Checked:
    """Whether the chosen medium is there, and keeps up."""
    with database.reading() as connection:
        chosen, kept = known.chosen(connection), known.kept_so_far(connection)
        risk, problem = known.at_risk(connection, counter), known.problem(connection)
    values: dict[str, str | int] = {"operations": risk.operations}
    if chosen is None:
        return Checked(Part.MEDIUM, State.WARN, "none", values)
    try:
        find_medium(chosen.place, counter.device, chosen.medium, disk or MediumDisk())
    except EnvironmentFault as fault:
        return Checked(Part.MEDIUM, State.BAD, "trouble", {**values, "code": fault.code})
    if problem is not None:
        return Checked(Part.MEDIUM, State.WARN, "trouble", {**values, "code": problem.code})
    if kept is None:
        return Checked(Part.MEDIUM, State.WARN, "empty", values)
    if not kept.is_for_province:
        return Checked(Part.MEDIUM, State.WARN, "not_for_province", {**values, "at": kept.at.isoformat()})
    return Checked(Part.MEDIUM, State.GOOD, "good", {**values, "at": kept.at.isoformat()})
