"""A row of a table: typed cells that know where they stand."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, ClassVar

from pydantic import PrivateAttr

from generator.problems import Place
from generator.values import Ref, Strict


class Row(Strict):
    """One line of a table; `table` is the name its files begin with, `key` what no two rows have in common.

    `subject_column` names the record that the row is about, `day_column` the day or period it is held at.
    """

    table: ClassVar[str]
    key: ClassVar[tuple[str, ...]]
    subject_column: ClassVar[str]
    day_column: ClassVar[str] = "period"

    _home: tuple[str, Mapping[str, Place]] = PrivateAttr()

    def settle(self, pack: str, places: Mapping[str, Place]) -> None:
        """Say once, right after reading, which pack it belongs to and where its filled cells stand."""
        self._home = (pack, places)

    @property
    def pack(self) -> str:
        """The pack whose data it is."""
        return self._home[0]

    def place(self, column: str = "") -> Place:
        """Where the cell of a column stands; that of the subject where there is none."""
        return self._home[1].get(column) or self._home[1][self.subject_column]

    @property
    def subject(self) -> Ref:
        """The record it is about, in the version in force on its day."""
        raise NotImplementedError

    @property
    def day(self) -> date:
        """The day on which it is held against its subject: the last of its period."""
        raise NotImplementedError

    def cells(self) -> Iterator[tuple[str, Any]]:
        """Every column with its value, None where the cell is empty."""
        for name, field in type(self).model_fields.items():
            yield field.alias or name, getattr(self, name)

    @classmethod
    def columns(cls) -> dict[str, bool]:
        """Column -> whether every row must fill it."""
        return {field.alias or name: field.is_required() for name, field in cls.model_fields.items()}
