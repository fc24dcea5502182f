"""Metrics and ratings: alerts, weights and grades can be worked with, and a series is never bent."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from generator.checks.engine import Finding, check
from generator.handbook import Handbook
from generator.judging import holds
from generator.kinds.metric import Metric
from generator.kinds.rating import Rating
from generator.limits import Band, Bound, Limit
from generator.messages import say
from generator.problems import Level


@check()
def alert_before_target(book: Handbook) -> Iterator[Finding]:
    """An alert must lie beyond the target: it calls for action, so not every good value may raise it.

    An alert that rings while the target is met is soon ignored.

    Bad:

        target: ">= 97 %"
        alert: < 99 %

    Good:

        target: ">= 97 %"
        alert: < 95 %
    """
    for record in book.approved(Metric):
        target, alert = record.target, record.alert
        if isinstance(alert, Bound) and isinstance(target, Limit) and _meet(alert, target):
            message = say(
                "the alert '{alert}' is raised while the target '{target}' is met", alert=alert, target=target
            )
            yield record.place("alert"), message


def _meet(alert: Bound, target: Limit) -> bool:
    """Whether some value both raises the alert and meets the target."""
    edges = [alert.value]
    if isinstance(target, Band):
        edges += [target.low, target.high]
    elif isinstance(target, Bound):
        edges.append(target.value)
    near = [edge + step for edge in edges for step in (-_STEP, 0, _STEP)]
    return any(holds(alert, value) and holds(target, value) for value in near)


_STEP = Decimal("0.000001")
"""Less than any difference between two limits."""


_OF_INDEX = ("combine", "weights_version", "period", "direction")


@check()
def rating_incomplete(book: Handbook) -> Iterator[Finding]:
    """A rating must have items with all that an index needs, or axes whose grades say what they take.

    Weights without a rule for adding them up give no figure; a grade without thresholds cannot be given.
    Where the scheme itself is silent, an entry in `gaps` with the id of the axis says so.

    Bad:

        items: [{ id: late, text: 晚送, weight: 5 }]

    Good:

        items: [{ id: late, text: 晚送, weight: 5 }]
        combine: sum
        weights_version: 1
        period: month
        direction: down
    """
    for record in book.approved(Rating):
        missing = [key for key in _OF_INDEX if getattr(record, key) is None]
        if record.items and missing:
            yield record.place("items"), say("an index needs the keys {keys}", keys=", ".join(missing))
        if not record.items and not record.axes:
            yield record.place(), say("a rating needs 'items' or 'axes'")
        unsettled = {gap.id for gap in record.gaps}
        for index, axis in enumerate(record.axes):
            for number, grade in enumerate(axis.grades):
                if not grade.thresholds and axis.id not in unsettled:
                    place = record.place("axes", index, "grades", number)
                    message = say(
                        "what does grade '{grade}' take? give 'thresholds', or a gap with the id '{gap}'",
                        grade=grade.title,
                        gap=axis.id,
                    )
                    yield place, message


@check()
def wrong_total(book: Handbook) -> Iterator[Finding]:
    """A stated total must be the sum of the weights.

    Where the two differ, a weight was lost or mistyped on the way.

    Bad:

        items: [{ id: late, text: 晚送, weight: 5 }, { id: lost, text: 丢失, weight: 10 }]
        total: 16

    Good:

        total: 15
    """
    for record in book.approved(Rating):
        total = sum(item.weight for item in record.items)
        if record.total is not None and record.total != total:
            message = say("the weights add up to {total}: got '{found}'", total=total, found=record.total)
            yield record.place("total"), message


@check(waivable=False)
def weights_changed_silently(book: Handbook) -> Iterator[Finding]:
    """Where items or weights change from one MAJOR to the next, `weights_version` must move.

    It parts the series: figures with other weights are never drawn as one line.

    Bad:

        weights_version: 1        # rating@1.yml: late weighs 1, here 5

    Good:

        weights_version: 2
    """
    for revisions in book.revisions.values():
        ratings = [record for record in revisions if isinstance(record, Rating) and record.status != "draft"]
        for newer, older in pairwise(ratings):
            weights = [{item.id: item.weight for item in record.items} for record in (newer, older)]
            if weights[0] != weights[1] and newer.weights_version == older.weights_version:
                yield (
                    newer.place("weights_version"),
                    say(
                        "items or weights differ from {version} ({place}), but 'weights_version' is the same",
                        version=older.version,
                        place=older.place("items"),
                    ),
                )


@check(Level.WARNING)
def rating_without_limitations(book: Handbook) -> Iterator[Finding]:
    """A rating should say what it does not say.

    A single figure or letter looks like the whole truth; whoever uses it must know what it leaves out.

    Bad:

        axes: [{ id: stars, title: 服务, grades: [...] }]

    Good:

        limitations: [{ id: young, text: 行业还年轻，分级会让强者更强。 }]
    """
    for record in book.approved(Rating):
        if not record.limitations:
            yield record.place("title"), say("what does it leave out? key 'limitations' is missing")
