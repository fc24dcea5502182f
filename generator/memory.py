"""What each page was made of, so that after an edit only those are made anew that would come out otherwise.

While a page is made, its handbook notes every question and the answer. Records that have not changed are the
same objects after the next reading, so answers compare quickly. A page is stale when what it is to be, or one
of the answers it was made of, is not what it was.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeVar, cast

from jinja2 import Environment

from generator.handbook import Handbook
from generator.kinds.record import Record
from generator.render import Renderer

_T = TypeVar("_T")


Key = tuple[int | str, ...]
"""A query and the identities of its arguments."""


class Note(NamedTuple):
    """A query of the handbook, its arguments where it takes any, and the answer."""

    query: str
    arguments: tuple[Any, ...] | None
    answer: Any

    @property
    def key(self) -> Key:
        return (self.query, *map(id, self.arguments or ()))


Notes = dict[Key, Note]


class Watched:
    """A handbook that notes what it is asked."""

    def __init__(self, book: Handbook) -> None:
        self._book = book
        self._notes: Notes | None = None

    def __getattr__(self, query: str) -> Any:
        told = getattr(self._book, query)
        if not callable(told):
            return self._noted(Note(query, None, told))
        return lambda *arguments: self._noted(Note(query, arguments, told(*arguments)))

    def __getitem__(self, ref: str) -> Any:
        return self._noted(Note("__getitem__", (ref,), self._book[ref]))

    def _noted(self, note: Note) -> Any:
        if self._notes is not None:
            self._notes[note.key] = note
        return note.answer

    @contextmanager
    def noting(self) -> Iterator[Notes]:
        """What is asked meanwhile."""
        notes: Notes = {}
        before, self._notes = self._notes, notes
        try:
            yield notes
        finally:
            self._notes = before


class Memory:
    """What the files of the last site were made of."""

    def __init__(self) -> None:
        self._made: dict[str, tuple[Any, Notes]] = {}
        self._told: dict[Key, Note | None] = {}
        self._frame: Any = None
        self._everywhere: list[Any] = []
        self._templates: Environment | None = None
        self._book: Handbook
        self._watched: Watched

    def follow(self, book: Handbook) -> Handbook:
        """The handbook that the next site is made from."""
        self._book = book
        self._watched = Watched(book)
        self._told = {}
        return cast(Handbook, self._watched)

    def keeping(self, make: Callable[[Environment | None], Renderer]) -> Renderer:
        """The renderer, with the templates of the last one; what it asks stands on every page."""
        with self._watched.noting() as notes:
            renderer = make(self._templates)
        self._templates = renderer.env
        self._everywhere = [note.answer for note in notes.values()]
        return renderer

    def surround(self, frame: Any) -> None:
        """What stands around every page; where it is another than last time, every page is stale."""
        if (frame, self._everywhere) != self._frame:
            self._made.clear()
        self._frame = (frame, self._everywhere)

    def is_stale(self, file: str, what: Any) -> bool:
        """Whether a file would come out otherwise than last time; `what` says which file it is to be."""
        before, notes = self._made.get(file, (None, {}))
        if before != what:
            return True
        now: Notes = {}
        for note in notes.values():
            again = self._again(note)
            if again is None:
                return True
            now[again.key] = again
        # The new answers say the same, but the old ones would keep the old handbook in memory.
        self._made[file] = (what, now)
        return False

    def make(self, file: str, what: Any, make: Callable[[], _T]) -> _T:
        """Make a file and note what it is made of."""
        with self._watched.noting() as notes:
            made = make()
        self._made[file] = (what, notes)
        return made

    def _again(self, note: Note) -> Note | None:
        """The query with its answer of today; None where it is another."""
        key = note.key
        if key not in self._told:
            self._told[key] = self._asked(note)
        return self._told[key]

    def _asked(self, note: Note) -> Note | None:
        try:
            answer = getattr(self._book, note.query)
            arguments = note.arguments
            if arguments is not None:
                arguments = tuple(self._now(argument) for argument in arguments)
                answer = answer(*arguments)
        except LookupError:
            return None
        same = answer is note.answer or answer == note.answer
        return Note(note.query, arguments, answer) if same else None

    def _now(self, argument: Any) -> Any:
        """The same revision of a record as it is now."""
        if not isinstance(argument, Record):
            return argument
        revisions: tuple[Record, ...] = self._book.revisions.get(argument.id, ())
        return next((record for record in revisions if record.path == argument.path), argument)
