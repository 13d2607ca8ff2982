"""The few verbs of S3 that files need, on `requests`: nothing that AWS, MinIO, Ceph or Garage would not know.

Bodies are whole in memory (a part at most) and covered by the signature, so that the service itself refuses what
was damaged on the way. Of the answers' XML, plain elements are looked for and nothing is interpreted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape, unescape
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from sync.gateway.s3_signing import query_text, quoted, signed_headers

SECONDS = (5.0, 60.0)
_AGAIN = Retry(total=3, backoff_factor=0.1, status_forcelist=(500, 502, 503, 504), allowed_methods=None,
               raise_on_status=False)


class S3Refused(Exception):
    """The service said no: `status` of HTTP, `code` of its own ("NoSuchKey", "" where it gave none)."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code


class S3Away(Exception):
    """No answer, or none that can be trusted."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An object as a listing tells it."""

    key: str
    size: int
    modified: datetime


@dataclass(frozen=True, slots=True)
class S3Place:
    """Where, and as whom. `ca_file`: the service's own authority, where the system knows none."""

    endpoint: str
    bucket: str
    access_key: str
    secret_key: str
    region: str = "us-east-1"
    prefix: str = ""
    ca_file: str | None = None


class S3Client:
    """One bucket; several threads may use it. Keys are without the place's prefix."""

    def __init__(self, place: S3Place, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._place = place
        self._now = now
        self._session = requests.Session()
        self._session.trust_env = False                # an office's web proxy is no way to the province's store
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(pool_maxsize=32, max_retries=_AGAIN))

    def close(self) -> None:
        self._session.close()

    def put(self, key: str, content: bytes, *, only_new: bool = False) -> bool:
        """Whether it was written; False when `only_new` and something stands there."""
        try:
            self._ask("PUT", key, body=content, headers={"If-None-Match": "*"} if only_new else {})
        except S3Refused as error:
            if only_new and error.status in (409, 412):
                return False
            raise
        return True

    def get(self, key: str) -> bytes:
        return self._ask("GET", key).content

    def size(self, key: str) -> int:
        """Bytes of an object; -1 when there is none."""
        try:
            return int(self._ask("HEAD", key).headers["Content-Length"])
        except S3Refused as error:
            if error.status == 404:
                return -1
            raise

    def delete(self, key: str) -> None:
        """Also when there is none."""
        self._ask("DELETE", key)

    def copy(self, key: str, to: str) -> None:
        source = quoted(f"/{self._place.bucket}/{self._place.prefix}{key}", safe="/")
        self._ask("PUT", to, headers={"x-amz-copy-source": source})

    def listed(self, prefix: str) -> Iterator[Stored]:
        """Every object below `prefix`, by key."""
        token: str | None = None
        while True:
            query = {"list-type": "2", "prefix": self._place.prefix + prefix}
            text = self._ask("GET", None, query=query | ({"continuation-token": token} if token else {})).text
            for entry in re.findall(r"<Contents>(.*?)</Contents>", text, re.DOTALL):
                yield Stored(_said(entry, "Key").removeprefix(self._place.prefix), int(_said(entry, "Size")),
                             datetime.fromisoformat(_said(entry, "LastModified")))
            token = _said(text, "NextContinuationToken") if _said(text, "IsTruncated") == "true" else None
            if token is None:
                return

    def begin_parts(self, key: str) -> str:
        """A multipart upload; its id."""
        return _said(self._ask("POST", key, query={"uploads": ""}).text, "UploadId")

    def put_part(self, key: str, upload: str, number: int, content: bytes) -> str:
        """A part, from 1 on, of at least 5 MiB but for the last; its tag."""
        query = {"partNumber": str(number), "uploadId": upload}
        return str(self._ask("PUT", key, query=query, body=content).headers["ETag"])

    def end_parts(self, key: str, upload: str, tags: Mapping[int, str]) -> None:
        """The parts become the object. Raises S3Refused also when the service says so in an answer of 200."""
        parts = "".join(f"<Part><PartNumber>{number}</PartNumber><ETag>{escape(tag)}</ETag></Part>"
                        for number, tag in sorted(tags.items()))
        body = f"<CompleteMultipartUpload>{parts}</CompleteMultipartUpload>".encode()
        answer = self._ask("POST", key, query={"uploadId": upload}, body=body)
        if "<Error>" in answer.text:
            raise S3Refused(answer.status_code, _said(answer.text, "Code"))

    def forget_parts(self, key: str, upload: str) -> None:
        self._ask("DELETE", key, query={"uploadId": upload})

    def uploads(self, prefix: str) -> list[tuple[str, str, datetime]]:
        """Multipart uploads that nobody ended: key, id, when they began."""
        text = self._ask("GET", None, query={"uploads": "", "prefix": self._place.prefix + prefix}).text
        return [(_said(entry, "Key").removeprefix(self._place.prefix), _said(entry, "UploadId"),
                 datetime.fromisoformat(_said(entry, "Initiated")))
                for entry in re.findall(r"<Upload>(.*?)</Upload>", text, re.DOTALL)]

    def _ask(
        self, method: str, key: str | None, *, query: Mapping[str, str] | None = None, body: bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> requests.Response:
        place, query = self._place, query or {}
        endpoint = urlsplit(place.endpoint)
        path = f"{endpoint.path.rstrip('/')}/{quoted(place.bucket)}"
        if key is not None:
            path += "/" + quoted(place.prefix + key, safe="/")
        signed = signed_headers(
            method, endpoint.netloc, path, query, headers or {}, body, region=place.region,
            access_key=place.access_key, secret_key=place.secret_key, now=self._now(),
        )
        url = f"{endpoint.scheme}://{endpoint.netloc}{path}" + (f"?{query_text(query)}" if query else "")
        try:
            answer = self._session.request(
                method, url, data=body, headers=signed, timeout=SECONDS, allow_redirects=False,
                verify=place.ca_file or True,
            )
        except requests.exceptions.RequestException as error:
            raise S3Away(type(error).__name__) from error
        if answer.status_code // 100 == 2:
            return answer
        if answer.status_code >= 500 and answer.status_code != 507:
            raise S3Away(str(answer.status_code))
        raise S3Refused(answer.status_code, _said(answer.text, "Code"))


def _said(text: str, name: str) -> str:
    """The text of the first element of this name; "" when there is none."""
    found = re.search(rf"<{name}>([^<]*)</{name}>", text)
    return unescape(found[1]) if found else ""
