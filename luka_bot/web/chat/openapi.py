"""The OpenAPI document, out of the table that the routes come from."""

import re
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from luka_bot import __version__
from luka_bot.web.chat.answers import ErrorAnswer
from luka_bot.web.chat.table import CALLS, Call, Need

_REF = "#/components/schemas/{model}"
_JSON = "application/json"
_INTEGERS = {"seq"}  # of the names in paths


def document() -> dict[str, Any]:
    """OpenAPI 3.1."""
    names, schemas = _schemas()
    paths: dict[str, dict[str, Any]] = {}
    for call in CALLS:
        paths.setdefault(call.path, {})[call.method.lower()] = _operation(call, names)
    return {
        "openapi": "3.1.0",
        "info": {"title": "luka: conversations", "version": __version__},
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": _SCHEMES},
    }


_SCHEMES = {
    "session": {"type": "http", "scheme": "bearer", "description": "the token of /auth/…"},
    "telegram": {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": "`tma ` and Telegram's initData, at most an hour old",
    },
}


def _schemas() -> tuple[dict[type[BaseModel], dict[str, Any]], dict[str, Any]]:
    models: dict[type[BaseModel], JsonSchemaMode] = {ErrorAnswer: "serialization"}
    for call in CALLS:
        if call.body is not None:
            models[call.body] = "validation"
        if call.answer is not None:
            models[call.answer] = "serialization"
    refs, whole = models_json_schema(list(models.items()), ref_template=_REF)
    return {model: refs[model, mode] for model, mode in models.items()}, whole["$defs"]


def _operation(call: Call, names: dict[type[BaseModel], dict[str, Any]]) -> dict[str, Any]:
    failed = {_JSON: {"schema": names[ErrorAnswer]}}
    operation: dict[str, Any] = {
        "operationId": call.name,
        "summary": call.about,
        "security": [] if call.need is Need.ANYBODY else [{"session": []}, {"telegram": []}],
        "responses": {
            str(call.status): _answer(call, names),
            "default": {"description": "It can't be done.", "content": failed},
        },
    }
    if parameters := [*_in_path(call), *_in_query(call)]:
        operation["parameters"] = parameters
    if call.body is not None:
        schema = {_JSON: {"schema": names[call.body]}}
        operation["requestBody"] = {"required": takes_body(call), "content": schema}
    return operation


def takes_body(call: Call) -> bool:
    """Whether there must be one."""
    return call.body is not None and any(
        field.is_required() for field in call.body.model_fields.values()
    )


def _answer(call: Call, names: dict[type[BaseModel], dict[str, Any]]) -> dict[str, Any]:
    if call.answer is not None:
        return {"description": call.about, "content": {call.kind: {"schema": names[call.answer]}}}
    if call.status == 200:
        return {"description": call.about, "content": {call.kind: {}}}
    return {"description": call.about}


def _in_path(call: Call) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "integer" if name in _INTEGERS else "string"},
        }
        for name in re.findall(r"{(\w+)}", call.path)
    ]


def _in_query(call: Call) -> list[dict[str, Any]]:
    if call.query is None:
        return []
    properties = call.query.model_json_schema()["properties"]
    return [{"name": name, "in": "query", "schema": schema} for name, schema in properties.items()]
