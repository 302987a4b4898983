"""What a call of the Bot API carries, from wherever it was put, and how a call is refused."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

Json = dict[str, Any]
Params = Mapping[str, Any]


@dataclass
class ApiError(Exception):
    """A refusal; `text` with its prefix, as on the wire."""

    code: int
    text: str
    parameters: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file part of a multipart call."""

    name: str
    mime: str
    content: bytes


def bad(text: str) -> ApiError:
    """The commonest refusal."""
    return ApiError(400, f"Bad Request: {text}")


async def read_params(request: web.Request) -> dict[str, Any]:
    """Query, form, multipart and JSON together; later ones win."""
    found: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        body = await request.read()
        found |= _json_object(body) if body else {}
    elif request.method == "POST":
        form = await request.post()
        found |= {name: _part(value) for name, value in form.items()}
    return found


def integer(params: Params, name: str, default: int = 0) -> int:
    """Numbers come as text, mostly."""
    try:
        return int(params.get(name, default))
    except (TypeError, ValueError):
        raise bad(f"invalid {name} specified") from None


def flag(params: Params, name: str) -> bool:
    """Booleans as the service reads them."""
    return str(params.get(name, "")).lower() in ("true", "1", "yes")


def structure(params: Params, name: str, default: Any = None) -> Any:
    """Objects and lists come as JSON inside a string, or as they are in a JSON body."""
    value = params.get(name)
    if value is None or value == "":
        return default
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise bad(f"can't parse {name.replace('_', ' ')} JSON object") from None


def _json_object(body: bytes) -> Json:
    try:
        found = json.loads(body)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise bad("can't parse JSON object")
    return found


def _part(value: object) -> object:
    if isinstance(value, web.FileField):
        return Upload(value.filename, value.content_type, value.file.read())
    return value
