"""The folder and the S3 service keep the same promises, step by step, also when a step is cut off midway."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from sync.contract.limits import MB
from sync.gateway import s3_client
from sync.gateway.disk_store import DiskStore
from sync.gateway.file_check import check_files
from sync.gateway.file_place import STORE_FILE, files_of
from sync.gateway.file_store import FileStore, StoreAway, StoreFull
from sync.gateway.opening import open_gateway
from sync.gateway.s3_client import S3Client, S3Place
from sync.gateway.s3_signing import query_text, signed_headers
from sync.gateway.s3_store import S3Store
from tests.postgres import PostgresServer
from tests.s3_service import keys, new_bucket, running_s3, use_bucket
from tests.sync.client.fault_proxy import FaultProxy, Rule, page
from tests.sync.gateway.conftest import MORNING, HttpLine
from tests.sync.gateway.counterpart import FakeCounter
from tests.sync.gateway.files import create, digitise, have, patch, scan, send, sha

CHUNK = 65_536


@pytest.fixture(scope="module", autouse=True)
def service() -> Iterator[str]:
    with running_s3() as url:
        yield url


@pytest.fixture
def place(service: str) -> S3Place:
    return new_bucket(service)


@pytest.fixture(params=["disk", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FileStore]:
    if request.param == "disk":
        yield DiskStore(tmp_path / "files")
        return
    found = S3Store(S3Client(request.getfixturevalue("place")))
    yield found
    found.close()


def grown(store: FileStore, content: bytes, chunk: int = CHUNK) -> str:
    draft = store.begin(len(content))
    for offset in range(0, len(content), chunk):
        store.write(draft, offset, content[offset:offset + chunk])
        assert store.kept(draft) == min(offset + chunk, len(content))
    return draft


@pytest.mark.parametrize("size", [0, 1, CHUNK, 3 * CHUNK + 17])
def test_a_file_grows_and_is_whole_under_its_name(store: FileStore, size: int) -> None:
    content = scan(size)
    assert not store.has(sha(content), size)
    draft = grown(store, content)
    assert store.hash_of(draft) == sha(content) and list(store.drafts()) == [draft]
    store.complete(draft, sha(content))
    assert store.has(sha(content), size) and not store.has(sha(content), size + 1)
    assert store.has_each({sha(content): size, "0" * 64: 1}) == {sha(content)}
    assert store.is_sound(sha(content))
    assert store.kept(draft) == -1 and not store.drafts()


def test_what_a_killed_process_wrote_and_nobody_answered_for_is_written_over(store: FileStore) -> None:
    content = scan(3 * CHUNK)
    draft = store.begin(len(content))
    store.write(draft, 0, content[:CHUNK])
    store.write(draft, CHUNK, b"x" * 999)              # and here it died, before the row said so
    store.write(draft, CHUNK, content[CHUNK:2 * CHUNK])
    store.write(draft, 2 * CHUNK, content[2 * CHUNK:])
    assert store.hash_of(draft) == sha(content)


def test_a_draft_that_was_dropped_is_gone_also_twice(store: FileStore) -> None:
    draft = grown(store, scan(CHUNK))
    store.drop(draft)
    store.drop(draft)
    assert store.kept(draft) == -1 and not store.drafts()
    assert store.kept("0" * 32) == -1


def test_the_same_content_is_completed_twice(store: FileStore) -> None:
    content = scan(CHUNK + 5)
    one, two = grown(store, content), grown(store, content)
    store.complete(one, sha(content))
    store.complete(two, sha(content))
    assert store.is_sound(sha(content)) and not store.drafts()


def test_a_damaged_file_is_set_apart_and_not_destroyed(store: FileStore) -> None:
    content = scan(100)
    store.complete(grown(store, b"y" * 100), sha(content))     # as a disk that lies would have it
    assert store.has(sha(content), 100) and not store.is_sound(sha(content))
    store.set_apart(sha(content))
    assert not store.has(sha(content), 100)


def test_a_large_file_goes_in_parts_and_is_the_same(place: S3Place) -> None:
    store = S3Store(S3Client(place), part=5 * MB)
    content = scan(12 * MB + 3)
    draft = grown(store, content, 4 * MB)
    store.complete(draft, sha(content))
    assert store.is_sound(sha(content)) and store.has(sha(content), len(content))
    assert keys(place) == [f"files/{sha(content)[:2]}/{sha(content)}"]
    assert store.client.uploads("") == []
    store.close()


def test_parts_that_are_too_small_are_refused_by_the_service_and_nothing_stays(place: S3Place) -> None:
    store = S3Store(S3Client(place), part=MB)
    content = scan(3 * MB)
    draft = grown(store, content, MB)
    with pytest.raises(StoreAway, match="EntityTooSmall"):
        store.complete(draft, sha(content))
    assert store.client.uploads("") == [] and store.kept(draft) == len(content)
    store.close()


class Died(Exception):
    pass


def dying(cut: int, is_after: bool) -> Callable[..., Any]:
    """`S3Client._ask` of a process that dies before or after its request number `cut`."""
    plain: Callable[..., Any] = S3Client._ask
    asked = count(1)

    def ask(self: S3Client, *args: Any, **more: Any) -> Any:
        is_last = next(asked) >= cut
        if is_last and not is_after:
            raise Died
        answer = plain(self, *args, **more)
        if is_last:
            raise Died
        return answer

    return ask


@pytest.mark.parametrize("is_after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("cut", range(1, 9))
def test_a_process_that_dies_at_any_request_of_completing_loses_nothing(
    place: S3Place, monkeypatch: pytest.MonkeyPatch, cut: int, is_after: bool,
) -> None:
    """Another process then goes on, as the gateway does (`files._finish`, `files._recover`)."""
    content = scan(6 * MB)
    store = S3Store(S3Client(place), part=5 * MB)
    draft = grown(store, content, 3 * MB)
    with monkeypatch.context() as patched, pytest.raises(Died):
        patched.setattr(S3Client, "_ask", dying(cut, is_after))
        store.complete(draft, sha(content))
    store.close()
    after = S3Store(S3Client(place), part=5 * MB)
    if after.kept(draft) >= 0:
        assert after.kept(draft) == len(content)
        after.complete(draft, sha(content))
    assert after.is_sound(sha(content)), "the whole, or all of its chunks"
    for name in after.drafts():                        # what check-files sweeps after a day
        after.drop(name)
    assert keys(place) == [f"files/{sha(content)[:2]}/{sha(content)}"] and after.client.uploads("") == []
    after.close()


@pytest.mark.parametrize(("rule", "error"), [
    (page("507 Insufficient Storage", b""), StoreFull),
    (page("403 Forbidden", b"<Error><Code>QuotaExceeded</Code></Error>", "application/xml"), StoreFull),
    (page("403 Forbidden", b"<Error><Code>SignatureDoesNotMatch</Code></Error>", "application/xml"), StoreAway),
    (page("503 Slow Down", b"<Error><Code>SlowDown</Code></Error>", "application/xml"), StoreAway),
    (page("200 OK", b"<html>Please log in</html>"), StoreAway),
    (Rule("drop_before"), StoreAway),
])
def test_a_service_that_is_full_away_or_another_is_said_so(
    rule: Rule, error: type[Exception], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(s3_client, "_AGAIN", 0)
    with FaultProxy("http://127.0.0.1:9", lambda asked: rule) as line:
        store = S3Store(S3Client(S3Place(line.url, "b", "a", "s")))
        with pytest.raises(error):
            store.complete("0" * 32, sha(b""))
        store.close()


def test_requests_are_signed_as_amazon_s_own_library_signs_them() -> None:
    now = datetime.now(UTC)
    query = {"prefix": "hồ sơ/+ &=", "list-type": "2"}
    path = "/bucket/qmc/files/a%20b"
    ours = signed_headers("PUT", "s3.example", path, query, {"If-None-Match": "*"}, b"abc", region="vn-1",
                          access_key="AKIA", secret_key="khóa", now=now)
    request = AWSRequest("PUT", f"https://s3.example{path}?{query_text(query)}", data=b"abc", headers={
        "If-None-Match": "*", "X-Amz-Date": ours["x-amz-date"],
        "X-Amz-Content-SHA256": hashlib.sha256(b"abc").hexdigest()})
    request.context["timestamp"] = ours["x-amz-date"]
    signer = S3SigV4Auth(Credentials("AKIA", "khóa"), "s3", "vn-1")
    asked = signer.canonical_request(request)
    signature = signer.signature(signer.string_to_sign(request, asked), request)
    assert f"Signature={signature}" in ours["authorization"]


def test_a_place_that_is_misspelt_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / STORE_FILE).write_text('{"bucket": "b"}')
    with pytest.raises(ValueError, match="files_store_malformed"):
        files_of(tmp_path)


def test_an_upload_goes_on_in_another_process_and_check_files_sees_what_is_gone(
    place: S3Place, tmp_path: Path, postgres: PostgresServer,
) -> None:
    from tests.gateway_process import running_gateway

    use_bucket(tmp_path / "g", place)
    with running_gateway(tmp_path / "g", postgres.create_prepared_database()) as process:
        line = HttpLine(process.url)
        counter, content = FakeCounter(line), scan(4 * CHUNK)
        counter.enrol(process.mint_code("bc-mau", "Quầy 1"))
        digitise(counter, content)
        create(counter, content)
        patch(counter, content, 0, CHUNK)
        patch(counter, content, CHUNK, CHUNK)
        process.kill9()
        process.start()
        counter.line = again = HttpLine(process.url)
        assert have(counter, content) == [("partial", 2 * CHUNK)]
        assert send(counter, content).headers["Upload-Complete"] == "?1"
        assert keys(place) == [f"files/{sha(content)[:2]}/{sha(content)}"]
        assert have(counter, content) == [("complete", 0)]
        S3Client(place).delete(f"files/{sha(content)[:2]}/{sha(content)}")
        assert process.operate("check-files")["missing"] == [sha(content)]
        assert have(counter, content) == [("absent", 0)]
        line.close()
        again.close()


def test_what_nobody_grows_any_more_is_swept_after_a_day(place: S3Place, tmp_path: Path) -> None:
    use_bucket(tmp_path / "g", place)
    opened = open_gateway(tmp_path / "g", None, MORNING)
    draft = grown(opened.files, scan(10))
    client = S3Client(place)
    client.begin_parts("files/aa/unfinished")
    kept = []
    for later in (timedelta(hours=1), timedelta(hours=25)):
        with opened.database.writing() as connection:
            check_files(connection, opened.files, datetime.now(UTC) + later, content=False)
        kept.append(opened.files.kept(draft))
    assert kept == [10, -1]
    assert keys(place) == [] and client.uploads("files/") == []
    client.close()
    opened.files.close()
    opened.database.close()
