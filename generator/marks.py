"""Where every key and value of a YAML text stands; looked for only when somebody asks for a place."""

from contextlib import suppress
from typing import Any

import yaml
from yaml.events import MappingStartEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

Loc = tuple[str | int, ...]
Mark = tuple[int, int, int, int]
"""Key line, key column, value line, value column, all from 0."""

_EMPTY = ("", "~", "null", "Null", "NULL")


def is_empty(event: Any) -> bool:
    """Whether an event is a value that nobody wrote."""
    return type(event) is ScalarEvent and event.value in _EMPTY and event.implicit[0] and not event.style


def find_marks(text: str) -> dict[Loc, Mark]:
    """A location such as `("steps", 3, "role")` -> its mark; of a key that stands twice, the first.

    A text that stops being YAML has marks up to there.
    """
    marks: dict[Loc, Mark] = {}
    events = yaml.CSafeLoader(text)
    with suppress(yaml.YAMLError, RecursionError):
        events.get_event()
        events.get_event()
        _node(events, events.get_event(), (), marks)
    return marks


def _node(events: Any, event: Any, loc: Loc, marks: dict[Loc, Mark]) -> None:
    if type(event) is MappingStartEvent:
        while type(key := events.get_event()) is ScalarEvent:
            value = events.get_event()
            here = (*loc, key.value)
            marks.setdefault(here, _mark(key.start_mark, value.start_mark))
            _node(events, value, here, marks)
    elif type(event) is SequenceStartEvent:
        index = 0
        while type(value := events.get_event()) is not SequenceEndEvent:
            here = (*loc, index)
            marks.setdefault(here, _mark(value.start_mark, value.start_mark))
            _node(events, value, here, marks)
            index += not is_empty(value)


def _mark(key: Any, value: Any) -> Mark:
    """A value that starts on a later line is shown at its key, where a person looks for it."""
    line, column = key.line, key.column
    return (line, column, line, value.column if value.line == line else column)
