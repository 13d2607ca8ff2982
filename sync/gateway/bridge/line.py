"""HTTP to the national adapter: a session, one request after another, and nothing of what it means.

    POST login_url    {username, password}              → {session, error_code}
    POST service_url  {session, madonvi, service, …}    → {error_code, message, data}

No redirect is followed, no proxy of the environment is used, an answer is read up to 1 MB. What goes out and comes
back is never logged.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Protocol

import requests
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from sync.gateway.bridge.configuration import Answers, Settings
from sync.gateway.bridge.conversation import LookUp, Lost, Meaning, Said, Tell, TellProgress, meaning
from sync.gateway.bridge.values import text

_CONNECT_SECONDS = 10
_MOST = 1 << 20
LONGEST_ANSWER = 500


class LoginRefused(Exception):
    """Name or password are not taken: nothing can be said until a person mends that."""

    def __init__(self, code: str, answer: str) -> None:
        super().__init__(code)
        self.code = code
        self.answer = answer


class Line(Protocol):
    def ask(self, ask: LookUp | Tell | TellProgress) -> Said | Lost: ...


class HttpLine:
    """Raises LoginRefused from `ask`. Close it when done."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._http = requests.Session()
        self._http.trust_env = False
        self._http.verify = str(settings.ca_file) if settings.ca_file else True
        self._session = ""

    def close(self) -> None:
        self._http.close()

    def ask(self, ask: LookUp | Tell | TellProgress) -> Said | Lost:
        """Log in where needed and ask; once more with a new session when the old one is over."""
        said: Said | Lost = Lost("no_session", is_unsure=False)
        for _ in range(2):
            if not self._session and (lost := self._log_in()) is not None:
                return lost
            said = self._post(self._settings.configuration.service_url, self._body(ask))
            if not (isinstance(said, Said) and meaning(said, self._answers) is Meaning.SESSION_OVER):
                return said
            self._session = ""
        return Lost("session_over", is_unsure=False)

    @property
    def _answers(self) -> Answers:
        return self._settings.configuration.answers

    def _log_in(self) -> Lost | None:
        configuration = self._settings.configuration
        said = self._post(configuration.login_url,
                          {"username": configuration.username, "password": self._settings.password})
        if isinstance(said, Lost):
            return Lost(said.reason, is_unsure=False, retry_after=said.retry_after)    # nothing was sent yet
        session = said.data if isinstance(said.data, str) else ""
        if said.code not in self._answers.success or not session:
            raise LoginRefused(said.code, said.text)
        self._session = session
        return None

    def _body(self, ask: LookUp | Tell | TellProgress) -> dict[str, Any]:
        head = {"session": self._session, "madonvi": self._settings.configuration.unit}
        match ask:
            case LookUp():
                return {**head, "service": "TraCuuHoSo", "mahoso": ask.code}
            case Tell():
                return {**head, "service": "DongBoHoSoMC", "isUpdating": "True" if ask.is_update else "False",
                        "data": [ask.message.fields]}
            case TellProgress():
                return {**head, "service": "CapNhatTienDoHoSoMC", "data": list(ask.rows)}

    def _post(self, url: str, body: Mapping[str, Any]) -> Said | Lost:
        seconds = self._settings.configuration.timeout_seconds
        try:
            with self._http.post(
                url, data=json.dumps(body, ensure_ascii=False).encode(), allow_redirects=False, stream=True,
                headers={"Content-Type": "application/json; charset=utf-8"}, timeout=(_CONNECT_SECONDS, seconds),
            ) as answer:
                raw = b""
                for part in answer.iter_content(65_536):
                    raw += part
                    if len(raw) > _MOST:
                        return Lost("answer_too_long", is_unsure=True)
                return _read(answer.status_code, answer.headers, raw, self._answers)
        except requests.exceptions.SSLError:
            return Lost("tls", is_unsure=False)
        except requests.exceptions.ConnectTimeout:
            return Lost("unreachable", is_unsure=False)
        except requests.exceptions.Timeout:
            return Lost("timeout", is_unsure=True)
        except requests.exceptions.RequestException as error:
            return Lost(*(("unreachable", False) if _never_connected(error) else ("cut_off", True)))


def _never_connected(error: requests.exceptions.RequestException) -> bool:
    inner = error.args[0] if error.args else None
    return isinstance(getattr(inner, "reason", inner), NewConnectionError | ConnectTimeoutError)


def _read(status: int, headers: Mapping[str, str], raw: bytes, answers: Answers) -> Said | Lost:
    if status == 429:
        return Lost("http_429", is_unsure=False, retry_after=_seconds(headers))
    if status >= 500:
        return Lost(f"http_{status}", is_unsure=True, retry_after=_seconds(headers))
    if status in (400, 401, 403, 413, 422):
        return Said(f"http_{status}", "")          # the session, or this dossier's own content
    if status != 200:
        return Lost(f"http_{status}", is_unsure=False)
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        return Lost("unreadable", is_unsure=True)
    if not isinstance(body, dict):
        return Lost("unreadable", is_unsure=True)
    code = _first(body, answers.code_keys)
    if not isinstance(code, str | int) or isinstance(code, bool):
        return Lost("unreadable", is_unsure=True)
    data = _first(body, (*answers.session_keys, *answers.data_keys))
    return Said(text(str(code))[:64], text(_first(body, answers.text_keys))[:LONGEST_ANSWER], data)


def _first(body: Mapping[str, Any], keys: tuple[str, ...]) -> Any:
    return next((body[key] for key in keys if body.get(key) is not None), None)


def _seconds(headers: Mapping[str, str]) -> int | None:
    """Retry-After in seconds; its form as a date is not worth a wrong clock."""
    said = headers.get("Retry-After", "")
    return min(int(said), 3_600) if said.isascii() and said.isdigit() and len(said) < 9 else None
