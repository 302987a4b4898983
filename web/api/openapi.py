"""The OpenAPI document (3.1), made from the operations."""

from collections.abc import Sequence
from typing import Any

from pydantic.json_schema import models_json_schema

from core.texts import api as texts
from web.api.models import Fault
from web.api.operations import Operation

Json = dict[str, Any]
_SCHEMA = "#/components/schemas/"


def document(operations: Sequence[Operation], base: str) -> Json:
    """`base`: the path under which the operations are."""
    models = [(one.gives, "serialization") for one in operations] + [(Fault, "serialization")]
    names, schemas = models_json_schema(models, ref_template=_SCHEMA + "{model}")  # type: ignore[arg-type]
    return {
        "openapi": "3.1.0",
        "info": {"title": texts.TITLE, "version": "1", "description": texts.ABOUT},
        "servers": [{"url": base}],
        "security": [{"token": []}],
        "paths": {one.path: {"get": _operation(one)} for one in operations},
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": schemas["$defs"],
        },
    }


def _operation(one: Operation) -> Json:
    faults = {"401": texts.NO_TOKEN, "404": texts.NOTHING, "422": texts.WRONG}
    return {
        "operationId": one.does.__name__,
        "summary": one.says,
        "parameters": _parameters(one),
        "responses": {
            "200": _answer(one.says, one.gives.__name__),
            **{status: _answer(says, Fault.__name__) for status, says in faults.items()},
        },
    }


def _answer(says: str, model: str) -> Json:
    return {"description": says, "content": {"application/json": {"schema": {"$ref": _SCHEMA + model}}}}


def _parameters(one: Operation) -> list[Json]:
    schema = one.asks.model_json_schema()
    needed = schema.get("required", ())
    return [
        {
            "name": name,
            "in": "path" if f"{{{name}}}" in one.path else "query",
            "required": name in needed,
            "schema": _single(its),
        }
        for name, its in schema.get("properties", {}).items()
    ]


def _single(schema: Json) -> Json:
    """In an address there is no null: a parameter is there or not."""
    some = [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]
    return some[0] if some else {key: value for key, value in schema.items() if key != "default"}
