"""The province of the trial: the real gateway, outside the clean root, on loopback, with the starter catalogue."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

from app.domain.catalogue_codec import load_catalogue
from app.domain.catalogue_search import CatalogueSearch
from app.domain.new_intake import find_procedure
from app.errors import Refusal
from app.paths import resource
from sync.gateway.process import GatewayProcess
from ui.demo_office import COUNTER, office_file

SELF_TEST = "Quầy 4"
"""The counter that the program's own test joins as."""

WITH_SIGN_IN = "diem-mau-03"
"""The office where each clerk signs in as herself."""
ROLES = ("intake", "return", "cashier", "shift_lead")

# Invented people. One letter beyond ASCII tells the counter that the scanner brings Vietnamese.
CARDS = (
    ("049190004217|205511998|Tran Thi Mau Mot|07031990|Nữ|To 3, Thon Gia Dinh, Quang Nam|12082021",
     "doi giay phep lai xe", "0905000101"),
    ("045182003345|197033221|Le Thi Kiem Tra|15111982|Nữ|Khu pho 9, Dong Ha, Quang Tri|31122023",
     "dang ky tam tru", "0905000102"),
)


class Province:
    """A gateway that can be there and not be there."""

    def __init__(self, folder: Path) -> None:
        self.gateway = GatewayProcess(folder)
        self._catalogue = load_catalogue(resource("catalogue", "starter.json").read_text("utf-8"))

    def publish(self) -> None:
        """Its office and packages; the gateway runs from here on."""
        self.gateway.start()
        self._office = {**office_file(self._catalogue), "counters": [COUNTER, SELF_TEST]}
        self.gateway.add_office(self._office)
        self.gateway.add_office({
            **self._office, "id": WITH_SIGN_IN, "name": "Điểm tiếp nhận Mẫu 03", "sign_in": True,
            "clerks": [{**each, "roles": ROLES} for each in self._office["clerks"]]})
        calendar = resource("calendar", "vn.json")
        version = str(json.loads(calendar.read_text(encoding="utf-8"))["version"])
        for kind, file, number in (("catalogue", resource("catalogue", "starter.json"), self._catalogue.version),
                                   ("calendar", calendar, version)):
            self.gateway.operate("import-package", "--kind", kind, "--version", number, "--valid-from",
                                 self._catalogue.valid_from.isoformat(), str(file))

    def code_with_sign_in(self) -> str:
        """Of a counter of the office where each clerk signs in as herself."""
        return self.gateway.mint_code(WITH_SIGN_IN, COUNTER)

    def personal_code(self) -> str:
        """With which the first clerk there chooses her secret."""
        clerk = self._office["clerks"][0]["id"]
        return str(self.gateway.operate("personal-code", str(clerk), "--office", WITH_SIGN_IN)["code"])

    def code(self, counter: str = COUNTER) -> str:
        return self.gateway.mint_code(str(self._office["id"]), counter)

    def people(self) -> list[dict[str, Any]]:
        """Whom the hands receive, and whether the procedure asks for its case first."""
        search = CatalogueSearch(self._catalogue)
        told = []
        for card, syllables, phone in CARDS:
            found = search.find(syllables)[0]
            told.append({"card": card, "syllables": syllables, "phone": phone,
                         "has_cases": len(found.procedure.cases) > 1})
        return told

    def procedures(self) -> list[str]:
        """One of each agency of the office, for the command line: one agency's numbers of a day end at 498."""
        first: dict[str, str] = {}
        for each in self._catalogue.procedures:
            with contextlib.suppress(Refusal):             # this office only guides there
                find_procedure(self._catalogue, each.code, self._catalogue.valid_from)
                first.setdefault(each.agency, each.code)
        return [first[each["id"]] for each in self._office["agencies"] if each["id"] in first]
