"""A plan, and what it proposes to change, as JSON and back (core.work.Plan, core.amendments.Proposal)."""

from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from core.amendments import Proposal
from core.work import Plan

Decoder = Callable[[Any], Any]


def encode_plan(plan: Plan) -> dict[str, Any]:
    """JSON values only; what is empty by default and empty here is left out, so that tables stay small."""
    encoded: dict[str, Any] = _encode(plan)
    return encoded


def decode_plan(value: dict[str, Any]) -> Plan:
    """The plan that was encoded. Names that are not known any more are passed over."""
    plan: Plan = _decoder(Plan)(value)
    return plan


def encode_proposals(proposals: Sequence[Proposal]) -> list[dict[str, Any]]:
    """JSON values only."""
    return [_encode(one) for one in proposals]


def decode_proposals(values: Sequence[dict[str, Any]]) -> tuple[Proposal, ...]:
    """Those that were encoded."""
    return tuple(map(_decoder(Proposal), values))


def _encode(value: Any) -> Any:
    if is_dataclass(value):
        pairs = ((field, getattr(value, field.name)) for field in fields(value))
        return {field.name: _encode(item) for field, item in pairs if item or item != field.default}
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


@cache
def _decoder(kind: Any) -> Decoder:
    """How a value of this type is made from JSON."""
    if is_dataclass(kind):
        return _dataclass_decoder(kind)
    if get_origin(kind) is tuple:
        each = _decoder(get_args(kind)[0])
        return lambda value: tuple(map(each, value))
    if isinstance(kind, UnionType):
        (inner,) = (_decoder(arg) for arg in get_args(kind) if arg is not type(None))
        return lambda value: None if value is None else inner(value)
    if kind is date:
        return date.fromisoformat
    return kind if issubclass(kind, StrEnum) else _same


def _dataclass_decoder(kind: Any) -> Decoder:
    decoders = {name: _decoder(hint) for name, hint in get_type_hints(kind).items()}
    return lambda value: kind(**{name: decoders[name](item) for name, item in value.items() if name in decoders})


def _same(value: Any) -> Any:
    return value
