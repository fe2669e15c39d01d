"""The JSON Schema of metadata.yaml, for editors that complete and check as one types."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from quire.metadata.model import Metadata

__all__ = ["SCHEMA_FILE", "metadata_schema", "schema_text"]

SCHEMA_FILE = Path(__file__).parent / "metadata.schema.json"


def metadata_schema() -> dict[str, Any]:
    """The schema (JSON Schema 2020-12) as data."""
    schema = Metadata.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    # Authors may be given as a name, a list of names or a list of tables.
    for key in ("author", "contributor"):
        table = schema["properties"][key]["items"]
        one = {"anyOf": [{"type": "string"}, table]}
        schema["properties"][key] = {"anyOf": [one, {"type": "array", "items": one}]}
    text = {"type": "string"}
    schema["properties"]["subject"] = {"anyOf": [text, {"type": "array", "items": text}]}
    # A rule's setting is a word, or a table with a threshold.
    words = {"enum": ["off", "ask", "on", False, True]}
    threshold = schema["$defs"].pop("RuleSetting")
    threshold["properties"] = {"threshold": threshold["properties"]["threshold"]}
    rules = schema["$defs"]["CleaningSettings"]["properties"]["rules"]
    rules["additionalProperties"] = {"anyOf": [words, threshold]}
    return schema


def schema_text() -> str:
    """The schema as the file beside this module holds it."""
    return json.dumps(metadata_schema(), ensure_ascii=False, indent=2) + "\n"
