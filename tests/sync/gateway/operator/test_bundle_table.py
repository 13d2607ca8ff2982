"""What came by hand stands on the counters' page, with what was not taken of it."""

from __future__ import annotations

from sync.gateway.bundle_tables import taken_bundles
from sync.gateway.times import stamp
from tests.sync.gateway.conftest import InProcess
from tests.sync.gateway.operator.conftest import Visitor


def test_bundles_are_listed_newest_first_and_only_where_some_came(gateway: InProcess, operator: Visitor) -> None:
    counter = gateway.counter("Quầy 1")
    assert "Gói dữ liệu trên USB" not in operator.see("/counters").text
    with gateway.opened.database.writing() as connection:
        for number, left in ((1, 0), (2, 37)):
            connection.execute(taken_bundles.insert().values(
                device=counter.device, epoch=1, number=number, sha256=f"{number:064}", made_at="", taken=40,
                taken_at=f"{stamp(gateway.now)[:-2]}{number}Z", already=2, left_out=left, files=5, files_left=0,
                file_bytes=7))
    seen = operator.see("/counters").text
    assert seen.index("số 2 (đời 1)") < seen.index("số 1 (đời 1)") and "37" in seen
