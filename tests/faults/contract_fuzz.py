"""Does anything that can be asked bring the gateway to an answer that its own description does not name?

    python -m tests.faults.contract_fuzz [--examples 200] [--altered 20000] [--odd 500] [--seed 1]

Three ways to ask, both of a real gateway process on the database that release 0.1.0 left:

1. *Described*: schemathesis makes requests from the gateway's OpenAPI page, right ones and wrong ones, with a
   counter's token and without.
2. *Altered*: requests that the release really said, with a value, a key, a header or some bytes changed: these
   come past the first checks.
3. *Odd*: operations that say anything at all, rightly signed and in their place of the chain; then the feed and
   the daily comparison over them, page by page.

Promises: never 5xx, no status and no shape of an answer that the page does not describe, and the gateway still
serves afterwards.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import checks as known
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi import checks as described

from sync.contract import files as tus
from sync.contract import paths
from sync.contract.operation_text import GENESIS
from sync.contract.push import CONTENT_TYPE
from sync.gateway.process import GatewayProcess
from tests.faults.altered_messages import alter
from tests.faults.odd_operations import odd_pushes
from tests.gateway_process import ReadyGateway
from tests.sync.compat.golden_set import FIRST, Exchange, Message, Story, build_province, load
from tests.sync.compat.speaking import OldClient

CHECKS = (
    known.not_a_server_error, described.status_code_conformance, described.content_type_conformance,
    described.response_schema_conformance, described.response_headers_conformance,
)

@dataclass
class Figures:
    """What a run found."""

    asked: Counter[str] = field(default_factory=Counter)           # by path and status
    faults: list[str] = field(default_factory=list)

    def note(self, method: str, path: str, status: int) -> None:
        self.asked[f"{method} {path} {status}"] += 1


@contextmanager
def gateway_of_before() -> Iterator[tuple[GatewayProcess, Story]]:
    """The province of the first kept release, served as operators let unsigned programs in."""
    with tempfile.TemporaryDirectory(prefix="qmc-contract-") as place:
        folder, story = Path(place) / "gateway", load(FIRST)
        build_province(folder, FIRST, story)
        process = ReadyGateway(folder)
        process.options = ["--require-signatures", "known", "--requests-per-minute", "1000000"]
        process.start()
        try:
            yield process, story
        finally:
            process.stop()


@schemathesis.serializer(CONTENT_TYPE, tus.CHUNK_TYPE)
def plain_bytes(_: Any, value: Any) -> bytes:
    """A body that is no JSON."""
    return value if isinstance(value, bytes) else str(value).encode(errors="surrogatepass")


def ask_as_described(url: str, token: str, examples: int, chosen: int, figures: Figures) -> None:
    """Requests made from the OpenAPI page: so many of each kind for each path."""
    schema = schemathesis.openapi.from_url(f"{url}/openapi.json")
    schema.config.update(base_url=url)
    for found in schema.get_all_operations():
        operation = found.ok()
        for mode in schemathesis.GenerationMode:
            for headers in ({"Authorization": f"Bearer {token}"}, {}):
                _ask(operation, mode, headers, examples if headers else max(1, examples // 5), chosen, figures)


def _ask(
    operation: Any, mode: schemathesis.GenerationMode, headers: dict[str, str], examples: int, chosen: int,
    figures: Figures,
) -> None:
    @seed(chosen)
    @settings(max_examples=examples, database=None, deadline=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def each(case: schemathesis.Case) -> None:
        try:
            answer = case.call(headers=headers)
        except (requests.exceptions.InvalidHeader, UnicodeError, ValueError):
            return                                 # what no client could send
        figures.note(operation.method.upper(), operation.path, answer.status_code)
        try:
            case.validate_response(answer, checks=CHECKS)
        except (FailureGroup, Failure) as failure:
            figures.faults.append(f"{operation.method} {operation.path}: {_said(failure)}")

    try:
        each()
    except Exception as error:
        if "Unsatisfiable" not in type(error).__name__:            # no wrong form of it exists: GET /health
            raise


def _said(failure: BaseException) -> str:
    parts = failure.exceptions if isinstance(failure, FailureGroup) else (failure,)
    return " | ".join(str(part)[:300].replace("\n", " ") for part in parts)


def ask_altered(
    client: OldClient, page: Any, story: Story, count: int, noise: random.Random, figures: Figures, *,
    is_ending: bool,
) -> None:
    """Recorded requests with something else in them. `is_ending`: those too that end a token."""
    tokens = {each.token for each in story.machines.values()}
    models = [each for each in story.exchanges if (not _token(each) or _token(each) in tokens)
              and (is_ending or each.path not in (paths.EPOCH, paths.ENROL))]
    for _ in range(count):
        _say(client, page, alter(noise.choice(models), noise), figures)


def ask_odd(
    client: OldClient, page: Any, story: Story, count: int, noise: random.Random, figures: Figures
) -> None:
    """Odd operations in, and everything that is made of them out again."""
    machine, reader = story.machines["one"], story.machines["two"]
    greeting = next(each for each in story.of("first") if each.path == paths.HELLO)
    hello = _say(client, page, greeting, figures).values
    incarnation, head = hello["incarnation"], hello["have"].get(str(machine.epoch), {"seq": 0, "hash": GENESIS})
    pushes = odd_pushes(machine, incarnation, head, count, noise)
    have: Any = None
    while True:
        try:
            asked = pushes.send(have)
        except StopIteration:
            break
        heard = _say(client, page, asked, figures)
        have = heard.values.get("have", {}) if heard.status == 200 else {}
        figures.asked.update(f"odd operation {item['outcome']}" for item in heard.values.get("items", ()))
        if str(machine.epoch) not in have:
            figures.faults.append(f"odd operations are not taken: {heard.status} {heard.answer.body[:300]!r}")
            return
    position, more = 0, True
    while more:
        asked = _get(f"{paths.FEED}?incarnation={incarnation}&position={position}&limit=50", reader.token)
        heard = _say(client, page, asked, figures)
        more, position = heard.values["more"], heard.values["position"]
    day = story.recorded_at[:10]
    for path in (f"{paths.RECONCILE}?from={day}&to={day}", f"{paths.RECONCILE}/{day}", paths.METRICS):
        _say(client, page, _get(path, reader.token), figures)


def _get(path: str, token: str) -> Exchange:
    return Exchange("odd", "GET", path, Message({"authorization": f"Bearer {token}"}, b""), 200, Message({}, b""))


def _say(client: OldClient, page: Any, asked: Exchange, figures: Figures) -> Exchange:
    heard = client.say(asked)
    path = _described_path(page, asked.plain_path)
    figures.note(asked.method, path or "(unknown)", heard.status)
    wrong = undescribed(page, path, asked.method, heard.status, heard.answer)
    if wrong:
        figures.faults.append(f"{asked.method} {asked.path[:200]} {asked.asked!r:.500}: {wrong}")
    return heard.of(asked)


def _token(exchange: Exchange) -> str:
    return exchange.asked.headers.get("authorization", "").removeprefix("Bearer ")


def _described_path(page: Any, path: str) -> str | None:
    if path in page["paths"]:
        return path
    parts = path.split("/")
    for known_path in page["paths"]:
        names = known_path.split("/")
        if len(names) == len(parts) and all(
            name.startswith("{") or name == part for name, part in zip(names, parts, strict=True)
        ):
            return str(known_path)
    return None


def undescribed(page: Any, path: str | None, method: str, status: int, answer: Message) -> str:
    """What the page does not describe; "" when it does."""
    if status >= 500:
        return f"{status} {answer.body[:300]!r}"
    if path is None and status not in (404, 405):
        return f"{status} where nothing is"
    said = page["paths"].get(path, {}).get(method.lower())
    if said is not None and str(status) not in said["responses"]:
        return f"undescribed status {status} {answer.body[:300]!r}"
    if status >= 400 and method != "HEAD":
        try:
            problem = json.loads(answer.body)
            is_problem = isinstance(problem["code"], str) and problem["status"] == status
        except (ValueError, KeyError, TypeError):
            is_problem = False
        if not is_problem:
            return f"{status} without a problem: {answer.body[:300]!r}"
    return ""


def run(examples: int, altered: int, odd: int, chosen: int) -> Figures:
    """All ways, one gateway; `faults` is empty when all promises held."""
    figures = Figures()
    with gateway_of_before() as (process, story), warnings.catch_warnings():
        warnings.simplefilter("ignore")            # of schemathesis, about what it will not do one day
        token = story.machines["one"].token
        page = requests.get(f"{process.url}/openapi.json", timeout=60).json()
        if examples:
            ask_as_described(process.url, token, examples, chosen, figures)
        with OldClient(process.url, story.machines.values()) as client:
            noise = random.Random(chosen)
            ask_altered(client, page, story, altered, noise, figures, is_ending=False)
            ask_odd(client, page, story, odd, noise, figures)
            ask_altered(client, page, story, altered // 10, noise, figures, is_ending=True)
        health = requests.get(f"{process.url}/health", timeout=60).status_code
        if health != 200:
            figures.faults.append(f"health afterwards: {health}")
    return figures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=200)
    parser.add_argument("--altered", type=int, default=20_000)
    parser.add_argument("--odd", type=int, default=500, help="pushes of eight operations")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    figures = run(chosen.examples, chosen.altered, chosen.odd, chosen.seed)
    for line, count in sorted(figures.asked.items()):
        print(f"{count:8} {line}")
    print(f"{sum(figures.asked.values())} requests, {len(figures.faults)} faults")
    for fault in dict.fromkeys(figures.faults):
        print(fault)
    return 1 if figures.faults else 0


if __name__ == "__main__":
    sys.exit(main())
