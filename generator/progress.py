"""How far findings are, and in which order they are worked on."""

from typing import Literal

from generator.handbook import Handbook
from generator.kinds.finding import Finding
from generator.kinds.model import Component, Model

Progress = Literal["overdue", "open", "unproved", "closed"]


def progress(book: Handbook, finding: Finding) -> Progress:
    """overdue: an action is late; open: one is not done; unproved: done, but nobody has found it to work."""
    left = [action for action in finding.actions if action.state in ("open", "under-way")]
    if left:
        return "overdue" if any(action.due < book.today for action in left) else "open"
    done = [action for action in finding.actions if action.state == "done"]
    proved = done and all(action.verified and action.verified.effective for action in done)
    return "closed" if proved else "unproved"


def ranked(book: Handbook, pack: str | None = None) -> list[tuple[Finding, Progress]]:
    """The findings in force by rank, those that are closed last."""
    found = [
        (finding, progress(book, finding))
        for finding in book.in_force(Finding)
        if pack in (None, finding.pack)
    ]
    return sorted(found, key=lambda entry: (entry[1] == "closed", entry[0].rank, entry[0].id))


def repeats_of(book: Handbook, finding: Finding) -> list[Finding]:
    """The findings that say this one has come back."""
    return [other for other in book.in_force(Finding) if other.repeat_of == finding.id]


def of_gap(book: Handbook, model: Model, gap: str) -> list[tuple[Finding, Progress]]:
    """The findings classed as one component of a model, by rank."""
    return [entry for entry in ranked(book) if entry[0].model == model.id and entry[0].gap == gap]


def component(book: Handbook, finding: Finding) -> Component | None:
    """The component of its model that a finding is classed as."""
    model = book.get(finding.model)
    parts = model.components if isinstance(model, Model) else []
    return next((part for part in parts if part.id == finding.gap), None)
