"""The lexicons of a language: every YAML of `languages/<code>/` is a section; grammar code names classes, never words.

A user's own catalog folder may hold `languages/<code>/*.yml` too: its mappings add to the shipped ones key by key,
its lists are appended, its plain values take their place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from pipelines.errors import ConfigError

try:
    from yaml import CSafeLoader as SafeLoader
except ImportError:  # a PyYAML built without libyaml: the same, slower
    from yaml import SafeLoader  # type: ignore[assignment]  # the two share their interface

SHIPPED = Path(__file__).parent / "languages"

Model = TypeVar("Model", bound=BaseModel)
Value = TypeVar("Value")


class Lexicon:
    """All word lists of one language, read-only. Two lexicons are equal only if they are the same object."""

    def __init__(self, code: str, files: Mapping[str, Sequence[Path]]) -> None:
        self.code = code
        self._files = files
        self._built: dict[object, Any] = {}

    def __repr__(self) -> str:
        return f"Lexicon({self.code!r}, {sorted(self._files)})"

    def section(self, name: str) -> Mapping[str, Any]:
        """The parsed YAML `<name>.yml`; ConfigError if the language has none or it cannot be read."""
        return self.build(("section", name), lambda: self._read_section(name))

    def read(self, name: str, model: type[Model]) -> Model:
        """The section checked by `model`; a wrong key or value is a ConfigError that names file and key."""
        return self.build((name, model), lambda: self._validate(name, model))

    def build(self, key: object, make: Callable[[], Value]) -> Value:
        """What `make` gives, made once for this lexicon (compiled patterns, word tables)."""
        if key not in self._built:
            self._built[key] = make()
        value: Value = self._built[key]
        return value

    def _read_section(self, name: str) -> Mapping[str, Any]:
        if name not in self._files:
            raise ConfigError(f"languages/{self.code}/{name}.yml is missing: the language needs this lexicon")
        merged: Any = {}
        for file in self._files[name]:
            merged = _merge(merged, read_yaml(file))
        frozen: Mapping[str, Any] = _freeze(merged)
        return frozen

    def _validate(self, name: str, model: type[Model]) -> Model:
        section = self.section(name)
        try:
            return model.model_validate(section)
        except ValidationError as error:
            first = error.errors()[0]
            key = ".".join(str(part) for part in first["loc"]) or "(top)"
            raise ConfigError(f"{self._files[name][-1]}: {key}: {first['msg']}") from error


@lru_cache(maxsize=8)
def load_language(code: str, extra: Path | None = None) -> Lexicon:
    """The lexicon of a language code, with the user's additions; ConfigError if there is no such language.

    >>> load_language("fr").code
    'fr'
    """
    folders = [folder / code for folder in (SHIPPED, *([extra / "languages"] if extra else []))]
    files: dict[str, list[Path]] = {}
    for folder in folders:
        for file in sorted(folder.glob("*.yml")):
            files.setdefault(file.stem, []).append(file)
    if not files:
        known = ", ".join(list_languages(extra))
        raise ConfigError(f"no lexicon for language {code!r} in {folders[-1].parent}; there is: {known}")
    return Lexicon(code, files)


def list_languages(extra: Path | None = None) -> list[str]:
    """The codes of all languages that have a lexicon folder.

    >>> "fr" in list_languages()
    True
    """
    folders = (SHIPPED, *([extra / "languages"] if extra else []))
    return sorted({file.parent.name for folder in folders for file in folder.glob("*/*.yml")})


def read_yaml(file: Path) -> dict[str, Any]:
    """The YAML mapping in `file`, values as written: only true, false, null and plain numbers are not strings.

    A `no`, `12:30`, `2024-01-05` or `02` stays the word that it is. Raises ConfigError for what is no YAML mapping,
    for a key that stands twice, and for a file that cannot be read.
    """
    try:
        data = yaml.load(file.read_text(encoding="utf-8"), Loader=_PlainLoader)  # noqa: S506 - it is a SafeLoader
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ConfigError(f"{file}: cannot be read as YAML: {' '.join(str(error).split())}") from error
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise ConfigError(f"{file}: must be a mapping of keys to values, not a {type(data).__name__}")
    return data


class _PlainLoader(SafeLoader):
    """A safe loader without YAML 1.1's surprises."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[Any]]] = {}  # type: ignore[misc]  # as in PyYAML itself


def _construct_mapping(loader: Any, node: yaml.MappingNode) -> dict[Any, Any]:
    loader.flatten_mapping(node)
    mapping: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if isinstance(key, (dict, list)):
            raise yaml.constructor.ConstructorError(None, None, "a key must be one word", key_node.start_mark)
        if key in mapping:
            raise yaml.constructor.ConstructorError(None, None, f"key {key!r} stands twice", key_node.start_mark)
        mapping[key] = loader.construct_object(value_node, deep=True)
    return mapping


def _prepare_loader() -> None:
    add = _PlainLoader.add_implicit_resolver
    add("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
    add("tag:yaml.org,2002:null", re.compile(r"^(?:null|~|)$"), ["n", "~", ""])
    add("tag:yaml.org,2002:int", re.compile(r"^[-+]?(?:0|[1-9][0-9]*)$"), list("-+0123456789"))
    add("tag:yaml.org,2002:float", re.compile(r"^[-+]?(?:0|[1-9][0-9]*)\.[0-9]+$"), list("-+0123456789"))
    add("tag:yaml.org,2002:merge", re.compile(r"^<<$"), ["<"])
    _PlainLoader.add_constructor("tag:yaml.org,2002:map", _construct_mapping)


_prepare_loader()


def _merge(base: Any, more: Any) -> Any:
    if isinstance(base, dict) and isinstance(more, dict):
        return {**base, **{key: _merge(base[key], value) if key in base else value for key, value in more.items()}}
    if isinstance(base, list) and isinstance(more, list):
        return [*base, *(item for item in more if item not in base)]
    return more


def _freeze(value: Any) -> Any:
    if isinstance(value, dict):
        return MappingProxyType({key: _freeze(item) for key, item in value.items()})
    return tuple(_freeze(item) for item in value) if isinstance(value, list) else value
