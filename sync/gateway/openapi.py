"""What the OpenAPI page says of bodies and answers: the contract's own dataclasses, not a second description."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter

from sync.contract import files as wire
from sync.contract import sealed
from sync.contract.push import CONTENT_TYPE


class ProblemBody(BaseModel):
    """Every answer that is not 2xx; further values depend on the code."""

    model_config = ConfigDict(extra="allow")

    code: str
    status: int


_STATUSES: tuple[tuple[int, str], ...] = (
    (400, "Not what the contract says"), (401, "No or unknown token"), (403, "Refused"),
    (404, "Nothing there"), (408, "The body did not arrive"),
    (409, "Another epoch of this counter is current, or the chunk belongs elsewhere"),
    (412, "Say hello again"), (413, "More than is taken at once"),
    (422, "The whole file has another SHA-256; it begins anew"), (429, "Already under way; see Retry-After"),
    (460, "The chunk was damaged on the way"), (500, "A fault here"),
    (503, "Busy, or the database is away; see Retry-After"), (507, "No room for files; see Retry-After"),
)

_PROBLEM = {"application/problem+json": {"schema": ProblemBody.model_json_schema()}}

PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"description": said, "content": _PROBLEM} for status, said in _STATUSES
}

PLAIN_TEXT: dict[int | str, dict[str, Any]] = {
    200: {"description": "Prometheus text", "content": {"text/plain": {"schema": {"type": "string"}}}},
}

PUSH_BODY: dict[str, Any] = {"requestBody": {"required": True, "content": {CONTENT_TYPE: {"schema": {
    "type": "string", "description": "Lines of JSON, usually with Content-Encoding gzip; see sync.contract.push",
}}}}}

SEALED_BODY: dict[str, Any] = {"requestBody": {"required": True, "content": {sealed.CONTENT_TYPE: {"schema": {
    "type": "string", "format": "binary", "description": "Records one behind the other; see sync.contract.sealed",
}}}}}

PACKAGE: dict[int | str, dict[str, Any]] = {
    200: {"description": "The package", "content": {"application/json": {"schema": {"type": "object"}}}},
}


_SAID = {wire.OFFSET: "Where the next chunk begins", wire.COMPLETE: "?1 once the whole is checked"}
_TUS = {wire.TUS_RESUMABLE: f"Always {wire.TUS}"}


def _headers(said: dict[str, str]) -> dict[str, Any]:
    return {name: {"description": text, "schema": {"type": "string"}} for name, text in said.items()}


def _parameters(asked: dict[str, str]) -> list[dict[str, Any]]:
    return [{"in": "header", "name": name, "required": True, "description": said, "schema": {"type": "string"}}
            for name, said in asked.items()]


FILE_STANDING: dict[int | str, dict[str, Any]] = {
    status: {"description": "Bytes on the province's disk", "headers": _headers(_SAID)} for status in (200, 204)
}
FILE_BEGUN: dict[int | str, dict[str, Any]] = {
    201: {"description": "Begun, now or before", "headers": _headers({**_SAID, "Location": "Of the file"})},
}
TUS_HEADERS: dict[str, Any] = {"parameters": _parameters(_TUS)}
FILE_HEADERS: dict[str, Any] = {"parameters": _parameters({
    **_TUS, wire.LENGTH: "Bytes of the file", wire.METADATA: "sha256 and its hex in base64"})}
CHUNK: dict[str, Any] = {
    "parameters": _parameters({**_TUS, wire.OFFSET: "Where it begins", wire.CHECKSUM: "sha256 and base64"}),
    "requestBody": {"required": True, "content": {wire.CHUNK_TYPE: {"schema": {
        "type": "string", "format": "binary"}}}},
}


@cache
def answer(message: type[Any]) -> dict[int | str, dict[str, Any]]:
    """Of answers that hold `message`; worked out once, however many applications a process makes."""
    return {200: {
        "description": (message.__doc__ or message.__name__).splitlines()[0],
        "content": {"application/json": {"schema": _schema(message, "serialization")}},
    }}


@cache
def body(message: type[Any]) -> dict[str, Any]:
    """Of requests that hold `message`."""
    return {"requestBody": {"required": True, "content": {"application/json": {
        "schema": _schema(message, "validation"),
    }}}}


def _schema(message: type[Any], mode: Literal["serialization", "validation"]) -> Any:
    schema = TypeAdapter(message).json_schema(mode=mode, ref_template="#/components/schemas/{model}")
    return _inlined(schema, schema.pop("$defs", {}))


def _inlined(schema: Any, definitions: dict[str, Any]) -> Any:
    """The schema with its references written out: they would point into a part of the page that is not ours."""
    if isinstance(schema, list):
        return [_inlined(each, definitions) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return _inlined(definitions[schema["$ref"].rsplit("/", 1)[1]], definitions)
    return {name: _inlined(value, definitions) for name, value in schema.items()}
