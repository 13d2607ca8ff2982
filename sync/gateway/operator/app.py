"""The operator's page as a service: who asks, which page, and the four things a person may do.

Every act is a form that is sent with the visitor's own form key, from this page's own origin; it is written down
in the transaction that does it. There is no script: the policy sent with each page forbids them all.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, quote

from sqlalchemy import Connection
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sync.gateway.adoption import adopt_branch
from sync.gateway.bridge.figures import bridge_figures
from sync.gateway.bundles import bundles_taken
from sync.gateway.database import Database
from sync.gateway.doors import Doors, Quota
from sync.gateway.envelope import Envelope
from sync.gateway.operator import frame, pages, person_pages, waiting
from sync.gateway.operator.bridge_page import bridge_page
from sync.gateway.operator.bundle_table import bundle_table
from sync.gateway.operator.clerks import clerk_lines
from sync.gateway.operator.clerks_page import clerks_page
from sync.gateway.operator.counters import counter_lines, office_names, province_standing
from sync.gateway.operator.forks import Fork, content_of, fork_places, forks
from sync.gateway.operator.frame import KEY_FIELD, Visit
from sync.gateway.operator.people import Act, acts, form_key, note_act, operator_of
from sync.gateway.operator.style import SHEET
from sync.gateway.problem import ProblemRaised
from sync.gateway.province import settle_leases
from sync.gateway.times import Clock, business_day, stamp

COOKIE = "operator"
_DAY_SECONDS = 12 * 3600
_MAX_FORM = 16 * 1024
_ACTS_SHOWN = 300
_HEADERS = {
    "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
                               "frame-ancestors 'none'",
}

Form = dict[str, str]
Work = Callable[[Connection, Visit], bytes]


@dataclass(frozen=True, slots=True)
class _Desk:
    database: Database
    clock: Clock
    doors: Doors
    is_secure: bool

    async def show(self, request: Request, work: Work) -> Response:
        """A page that only reads."""
        return await run_in_threadpool(self._show, request.cookies.get(COOKIE, ""), work)

    def _show(self, token: str, work: Work) -> Response:
        with self.database.reading() as connection:
            visit = _visit(connection, token)
            if visit is None:
                return _page(frame.entrance(failed=False), 401)
            try:
                return _page(work(connection, visit))
            except ProblemRaised as problem:
                return _no(problem, visit)

    async def act(self, request: Request, work: Callable[[Connection, Visit, Form], Response]) -> Response:
        """What a form asks for, in one transaction."""
        form = await self.form_of(request)
        if form is None:
            return _page(frame.said(
                "Không nhận", None, "Yêu cầu này không đến từ trang này.", "other_origin"), 403)
        return await run_in_threadpool(self._act, request.cookies.get(COOKIE, ""), form, work)

    def _act(self, token: str, form: Form, work: Callable[[Connection, Visit, Form], Response]) -> Response:
        visit: Visit | None = None
        try:
            with self.database.writing() as connection:
                visit = _visit(connection, token)
                if visit is None:
                    return _page(frame.entrance(failed=False), 401)
                if not hmac.compare_digest(form.get(KEY_FIELD, "").encode(), visit.form_key.encode()):
                    return _page(frame.said("Không nhận", visit, "Biểu này đã cũ. Hãy mở lại trang rồi bấm lại.",
                                            "form_old"), 403)
                return work(connection, visit, form)
        except ProblemRaised as problem:
            return _no(problem, visit)

    async def form_of(self, request: Request) -> Form | None:
        """The fields sent; None when another site sent them."""
        origin = request.headers.get("origin", "")
        if origin and origin.partition("://")[2] != request.headers.get("host", ""):
            return None
        if request.headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return None
        body = await self.doors.body_of(request, _MAX_FORM)
        return {name: values[-1].strip() for name, values in parse_qs(body.decode(errors="replace")).items()}


def create_operator_app(database: Database, *, clock: Clock, is_secure: bool) -> Starlette:
    """The page on a prepared database. `is_secure`: it is reached by https, so its cookie goes no other way."""
    desk = _Desk(database, clock, Doors(Quota()), is_secure)

    async def enter(request: Request) -> Response:
        form = await desk.form_of(request)
        token = (form or {}).get("token", "")
        if await run_in_threadpool(_name, database, token) is None:
            return _page(frame.entrance(failed=True), 403)
        answer = RedirectResponse("/", 303)
        answer.set_cookie(COOKIE, token, max_age=_DAY_SECONDS, httponly=True, samesite="strict", secure=is_secure)
        return answer

    async def leave(request: Request) -> Response:
        answer = RedirectResponse("/", 303)
        answer.delete_cookie(COOKIE, httponly=True, samesite="strict", secure=is_secure)
        return answer

    async def style(_: Request) -> Response:
        return Response(SHEET, media_type="text/css", headers={"Cache-Control": "max-age=300"})

    async def problem(_: Request, error: Exception) -> Response:
        assert isinstance(error, ProblemRaised)
        return _no(error, None)

    async def unknown(_: Request, __: Exception) -> Response:
        return _page(frame.said("Không có trang này", None, "Hãy về trang tổng quan.", "unknown_path"), 404)

    return Starlette(
        routes=[
            Route("/style.css", style), Route("/enter", enter, methods=["POST"]),
            Route("/leave", leave, methods=["POST"]), *_showing(desk), *_acting(desk),
        ],
        middleware=[Middleware(Envelope)],
        exception_handlers={ProblemRaised: problem, 404: unknown, 405: unknown},
    )


def _showing(desk: _Desk) -> list[Route]:
    def overview(connection: Connection, visit: Visit) -> bytes:
        now = desk.clock()
        return pages.overview_page(visit, pages.Overview(
            province_standing(connection), counter_lines(connection, now), forks(connection),
            waiting.count_stuck(connection), waiting.files(connection, 0),
            waiting.slots(connection, business_day(now))))

    shown: dict[str, Work] = {
        "/": overview,
        "/counters": lambda connection, visit: pages.counters_page(
            visit, counter_lines(connection, desk.clock()),
            bundle_table(bundles_taken(connection), office_names(connection))),
        "/forks": lambda connection, visit: person_pages.forks_page(visit, forks(connection)),
        "/waiting": lambda connection, visit: person_pages.waiting_page(visit, waiting.stuck(connection)),
        "/files": lambda connection, visit: pages.files_page(visit, waiting.files(connection)),
        "/slots": lambda connection, visit: pages.slots_page(
            visit, waiting.slots(connection, business_day(desk.clock()))),
        "/nation": lambda connection, visit: bridge_page(visit, bridge_figures(connection)),
        "/clerks": lambda connection, visit: clerks_page(visit, clerk_lines(connection)),
        "/acts": lambda connection, visit: pages.acts_page(visit, acts(connection, _ACTS_SHOWN)),
    }

    def route(path: str, work: Work) -> Route:
        async def show(request: Request) -> Response:
            return await desk.show(request, work)

        return Route(path, show)

    async def one_fork(request: Request) -> Response:
        device, epoch = request.path_params["device"], request.path_params["epoch"]
        done = request.query_params.get("done", "")

        def work(connection: Connection, visit: Visit) -> bytes:
            fork = _fork(connection, device, epoch)
            return person_pages.fork_page(visit, fork, fork_places(connection, device, epoch),
                                          int(done) if done.isascii() and done.isdigit() else None)

        return await desk.show(request, work)

    return [*(route(path, work) for path, work in shown.items()), Route("/forks/{device}/{epoch:int}", one_fork)]


def _acting(desk: _Desk) -> list[Route]:
    async def settle(request: Request) -> Response:
        def work(connection: Connection, visit: Visit, form: Form) -> Response:
            _sure(form)
            since = settle_leases(connection)
            note_act(connection, visit.operator, Act.LEASES_SETTLED, {"restored": since}, desk.clock())
            return RedirectResponse("/", 303)

        return await desk.act(request, work)

    async def adopt(request: Request) -> Response:
        device, epoch = request.path_params["device"], request.path_params["epoch"]

        def work(connection: Connection, visit: Visit, form: Form) -> Response:
            _sure(form)
            now = desk.clock()
            taken = adopt_branch(connection, device, epoch, stamp(now))
            note_act(connection, visit.operator, Act.BRANCH_ADOPTED,
                     {"device": device, "epoch": epoch, "operations": taken}, now)
            return RedirectResponse(f"/forks/{quote(device)}/{epoch}?done={taken}", 303)

        return await desk.act(request, work)

    async def content(request: Request) -> Response:
        device, epoch = request.path_params["device"], request.path_params["epoch"]

        def work(connection: Connection, visit: Visit, form: Form) -> Response:
            seq, reason = form.get("seq", ""), form.get("reason", "")
            if not (seq.isascii() and seq.isdigit() and len(seq) < 16):
                raise ProblemRaised("unknown_fork", 404)
            if len(reason) < 5:
                raise ProblemRaised("reason_missing", 400)
            fork = _fork(connection, device, epoch)
            text = content_of(connection, device, epoch, int(seq), form.get("hash", ""))
            note_act(connection, visit.operator, Act.FORK_OPENED, {
                "device": device, "epoch": epoch, "seq": int(seq), "hash": form["hash"], "reason": reason[:200],
            }, desk.clock())
            return _page(person_pages.content_page(visit, fork, int(seq), text))

        return await desk.act(request, work)

    return [Route("/settle", settle, methods=["POST"]),
            Route("/forks/{device}/{epoch:int}/adopt", adopt, methods=["POST"]),
            Route("/forks/{device}/{epoch:int}/content", content, methods=["POST"])]


def _fork(connection: Connection, device: str, epoch: int) -> Fork:
    for each in forks(connection):
        if (each.device, each.epoch) == (device, epoch):
            return each
    raise ProblemRaised("unknown_fork", 404)


def _sure(form: Form) -> None:
    if form.get("sure") != "yes":
        raise ProblemRaised("not_sure", 400)


def _visit(connection: Connection, token: str) -> Visit | None:
    name = operator_of(connection, token) if token else None
    return Visit(name, form_key(token)) if name else None


def _name(database: Database, token: str) -> str | None:
    with database.reading() as connection:
        return operator_of(connection, token)


def _page(content: bytes, status: int = 200) -> Response:
    return Response(content, status, _HEADERS, media_type="text/html")


_SENTENCES = {
    "unknown_fork": "Không có nhánh nào như vậy. Có thể đường dẫn bị chép thiếu.",
    "unknown_device": "Không có quầy nào như vậy.",
    "reason_missing": "Hãy ghi vì sao cần xem, ít nhất năm chữ. Chưa mở gì cả.",
    "not_sure": "Chưa đánh dấu vào ô xác nhận. Chưa làm gì cả.",
    "too_large": "Biểu gửi lên quá dài. Chưa làm gì cả.",
}


def _no(problem: ProblemRaised, visit: Visit | None) -> Response:
    code = problem.problem.code
    sentence = _SENTENCES.get(code, "Máy chủ chưa làm được việc này. Chưa có gì thay đổi.")
    return _page(frame.said("Không làm được", visit, sentence, code), problem.problem.status)
