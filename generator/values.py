"""The strict types of single values. YAML hands over text as typed; only these types give it a meaning."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, NamedTuple, SupportsIndex

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
MAX_SLUG = 60

_SLUG = re.compile(SLUG)
_REF = re.compile(rf"(?:({SLUG})/)?({SLUG})")
_CLAUSE_REF = re.compile(rf"((?:{SLUG}/)?{SLUG})#({SLUG})")
BASE_REF = re.compile(rf"((?:{SLUG}/)?{SLUG})@([1-9][0-9]*)")
_ANSWER_REF = re.compile(rf"((?:{SLUG}/)?{SLUG})(?:#({SLUG}))?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_VERSION = re.compile(r"([1-9][0-9]*)\.(0|[1-9][0-9]*)")
_WHOLE = re.compile(r"0|[1-9][0-9]*")
_STEP_NUMBER = re.compile("[1-8]")
_NUMBER = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_PHONE = re.compile(r"\+?[0-9][0-9 -]{1,18}[0-9](?: (?:转|ext\.?) ?[0-9]{1,6})?")
_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s<>\"']+")
_FIGURE = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*\.(?:png|jpg|webp|svg)")


class Strict(BaseModel):
    """A block of keys: unknown keys are faults, values never change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True, defer_build=True)

    def __init_subclass__(cls, **options: Any) -> None:
        """An empty list as default becomes a new one each time: pydantic would copy it, which costs more."""
        super().__init_subclass__(**options)
        for name in [name for name, value in vars(cls).items() if value == []]:
            setattr(cls, name, Field(default_factory=list))


def block_of(annotation: Any) -> type[Strict] | None:
    """The block of keys inside `X`, `X | None`, `list[X]`, `dict[str, X]`, or None for single values."""
    if isinstance(annotation, type) and issubclass(annotation, Strict):
        return annotation
    blocks = map(block_of, getattr(annotation, "__args__", ()))
    return next((block for block in blocks if block), None)


class Version(NamedTuple):
    """MAJOR moves when the meaning changes, MINOR when only the wording does."""

    major: int
    minor: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}"


class Prose(str):
    """Text in the small Markdown subset of `prose.py`; `pack` wrote it, "" meaning that of its record."""

    pack = ""

    @classmethod
    def by(cls, pack: str, text: str) -> "Prose":
        """`text` as written by `pack`."""
        told = cls(text)
        if pack:
            told.pack = pack
        return told

    def split(self, sep: str | None = None, maxsplit: SupportsIndex = -1) -> list[str]:
        return [Prose.by(self.pack, part) for part in super().split(sep, maxsplit)]


class Told(str):
    """A text together with the pack that wrote it, where another pack's record takes it over."""

    pack: str

    @classmethod
    def by(cls, pack: str, text: str) -> "Told":
        """`text` as written by `pack`."""
        told = cls(text)
        told.pack = pack
        return told


class Ref(str):
    """The full id of another record, `pack/stem`; `kinds` are the kinds it may be (empty: any)."""

    kinds: tuple[str, ...] = ()
    item: str | None = None
    major: int | None = None

    @property
    def pack(self) -> str:
        return self.partition("/")[0]

    @property
    def stem(self) -> str:
        return self.partition("/")[2]


def resolve(written: str, pack: str) -> Ref | None:
    """The full id of a link written in prose, or None where it is no id; a bare id means `pack`."""
    match = _REF.fullmatch(written)
    return Ref(f"{match[1] or pack}/{match[2]}") if match else None


class To:
    """Annotation of a `Ref` field: which kinds it may point at, and whether `record#item` is meant.

    `item` is "no", "required" or "allowed"; "major" means `record@MAJOR`, a pinned revision.
    """

    def __init__(self, *kinds: str, item: Literal["no", "required", "allowed", "major"] = "no") -> None:
        self.kinds = kinds
        self.pattern = _PATTERNS[item]
        self.item = item
        self._fault: Literal["ref", "item_ref", "base_ref"] = _FAULTS.get(item, "ref")
        self._known: dict[tuple[str, str], Ref] = {}

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(self._read)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        pattern = f"^{self.pattern.pattern}$"
        return {"type": "string", "pattern": pattern, "x-kinds": list(self.kinds)}

    def _read(self, value: Any, info: ValidationInfo) -> Ref:
        pack = value.pack if isinstance(value, Told) else (info.context or {}).get("pack", "")
        if not isinstance(value, str):
            raise PydanticCustomError(self._fault, "not an id", {"found": value})
        known = self._known.get((pack, value))
        if known is None:
            known = self._known[pack, value] = self._ref(pack, value)
        return known

    def _ref(self, pack: str, written: str) -> Ref:
        if not self.pattern.fullmatch(written):
            raise PydanticCustomError(self._fault, "not an id", {"found": written})
        target, mark, part = written.partition("@" if self.item == "major" else "#")
        ref = Ref(target if "/" in target else f"{pack}/{target}")
        ref.kinds = self.kinds
        if mark == "@":
            ref.major = int(part)
        elif mark:
            ref.item = part
        return ref


_PATTERNS = {"no": _REF, "required": _CLAUSE_REF, "allowed": _ANSWER_REF, "major": BASE_REF}
_FAULTS: dict[str, Literal["item_ref", "base_ref"]] = {"required": "item_ref", "major": "base_ref"}


def _plain(read: Callable[[Any], Any], json_schema: dict[str, Any]) -> Any:
    """A type read from text by `read`, shown to editors as `json_schema`."""

    class Reader:
        @classmethod
        def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
            return core_schema.no_info_plain_validator_function(read)

        @classmethod
        def __get_pydantic_json_schema__(
            cls, schema: CoreSchema, handler: GetJsonSchemaHandler
        ) -> dict[str, Any]:
            return json_schema

    return Reader


def _matched(pattern: re.Pattern[str], fault: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise PydanticCustomError(fault, fault, {"found": value})
        return value

    return read


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise PydanticCustomError("text", "not text", {"found": value})
    folded = " ".join(value.split())
    if not folded:
        raise PydanticCustomError("text_empty", "empty text")
    return folded


def _prose(value: Any) -> Prose:
    if not isinstance(value, str):
        raise PydanticCustomError("text", "not text", {"found": value})
    if not value.strip():
        raise PydanticCustomError("text_empty", "empty text")
    return Prose.by(value.pack if isinstance(value, Told) else "", value.strip())


def _slug(value: Any) -> str:
    if not isinstance(value, str) or len(value) > MAX_SLUG or not _SLUG.fullmatch(value):
        raise PydanticCustomError("slug", "not a name", {"found": value})
    return value


def _date(value: Any) -> date:
    try:
        if isinstance(value, str) and _DATE.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError as error:
        raise PydanticCustomError("date_unreal", "no such day", {"found": value}) from error
    raise PydanticCustomError("date", "not a date", {"found": value})


def _version(value: Any) -> Version:
    match = isinstance(value, str) and _VERSION.fullmatch(value)
    if not match:
        raise PydanticCustomError("version", "not a version", {"found": value})
    return Version(int(match[1]), int(match[2]))


def _flag(value: Any) -> bool:
    if value not in ("true", "false"):
        raise PydanticCustomError("flag", "not true or false", {"found": value})
    return bool(value == "true")


def _whole(value: Any) -> int:
    return int(_matched(_WHOLE, "whole")(value))


def _step_number(value: Any) -> int:
    return int(_matched(_STEP_NUMBER, "step_number")(value))


def _number(value: Any) -> Decimal:
    return Decimal(_matched(_NUMBER, "number")(value))


Text = Annotated[str, _plain(_text, {"type": ["string", "number", "boolean"], "minLength": 1})]
"""One line of plain text; line breaks are folded."""
ProseText = Annotated[Prose, _plain(_prose, {"type": ["string", "number", "boolean"], "minLength": 1})]
"""Paragraphs, emphasis, lists, tables and links."""
Slug = Annotated[
    str, _plain(_slug, {"type": ["string", "integer"], "pattern": f"^{SLUG}$", "maxLength": MAX_SLUG})
]
"""A short name: lower-case letters, digits and single hyphens."""
Date = Annotated[date, _plain(_date, {"type": "string", "format": "date"})]
"""A day as 2026-12-01."""
VersionText = Annotated[
    Version, _plain(_version, {"type": ["string", "number"], "pattern": f"^{_VERSION.pattern}$"})
]
"""MAJOR.MINOR, as 2.10; text, so that 2.10 stays apart from 2.1."""
Address = Annotated[str, _plain(_matched(_ADDRESS, "address"), {"type": "string", "format": "uri"})]
"""A web or mail address: https://..., http://..., mailto:..."""
Flag = Annotated[bool, _plain(_flag, {"type": "boolean"})]
"""true or false."""
Whole = Annotated[int, _plain(_whole, {"type": "integer", "minimum": 0})]
"""A whole number in plain digits."""
StepNumber = Annotated[int, _plain(_step_number, {"type": "integer", "minimum": 1, "maximum": 8})]
"""A step of the eight-step procedure for customer-defined standards."""
Number = Annotated[Decimal, _plain(_number, {"type": "number", "minimum": 0})]
"""A decimal number in plain digits."""
Phone = Annotated[str, _plain(_matched(_PHONE, "phone"), {"type": ["string", "integer"]})]
"""A telephone number in digits, with spaces or hyphens, and an extension as `转 8000`."""
FigureFile = Annotated[str, _plain(_matched(_FIGURE, "figure_file"), {"type": "string"})]
"""The name of an image in the pack's figures/ folder."""

BaseRef = Annotated[Ref, To(item="major")]
"""The pinned MAJOR of the record that another one is tailored from, as common/phone-answering@2."""
AnyRef = Annotated[Ref, To()]
RoleRef = Annotated[Ref, To("role")]
LocationRef = Annotated[Ref, To("location")]
TouchpointRef = Annotated[Ref, To("touchpoint")]
ClauseRef = Annotated[Ref, To("standard", item="required")]
ProcedureRef = Annotated[Ref, To("procedure")]
ScriptRef = Annotated[Ref, To("script")]
FormRef = Annotated[Ref, To("form")]
MetricRef = Annotated[Ref, To("metric")]
TermRef = Annotated[Ref, To("term")]
ReferenceRef = Annotated[Ref, To("reference")]
StandardRef = Annotated[Ref, To("standard", item="allowed")]
"""A standard, or one of its clauses."""
CitedRef = Annotated[Ref, To(item="allowed")]
"""Any record, or an entry of it as record#entry."""
FacilityRef = Annotated[Ref, To("facility")]
FacilityEntryRef = Annotated[Ref, To("facility", item="required")]
ModelRef = Annotated[Ref, To("model")]
FindingRef = Annotated[Ref, To("finding")]
AnswerRef = Annotated[Ref, To("procedure", "script", "standard", "classification", "form", item="allowed")]
