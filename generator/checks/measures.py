"""Measures: what a standard counts can be judged, and somebody reports it."""

from collections.abc import Iterator

from generator.checks.engine import Finding, check
from generator.handbook import Handbook
from generator.kinds.metric import Metric
from generator.kinds.parts import Measure
from generator.kinds.standard import Standard
from generator.limits import Bound, Limit
from generator.marks import Loc
from generator.messages import say
from generator.problems import Level, hint


@check()
def hard_without_measure(book: Handbook) -> Iterator[Finding]:
    """A hard standard must have at least one clause with a measure.

    Hard means counted, timed or seen by an audit; without a number nobody can tell whether it was kept.

    Bad:

        nature: hard
        clauses: [{ id: answer, level: must, text: 电话响起后接听 }]

    Good:

        nature: hard
        clauses: [{ id: answer, level: must, text: 三声内接听, measure: { limit: <= 3 rings } }]
    """
    for record in book.approved(Standard):
        if record.nature == "hard" and not any(clause.measure for clause in record.clauses):
            yield (
                record.place("clauses"),
                say("a hard standard needs a clause with 'measure'; or is it 'nature: soft'?"),
            )


@check()
def soft_without_method(book: Handbook) -> Iterator[Finding]:
    """A soft standard must say how it is judged.

    Without a survey, an observation or a call-back a soft standard is a wish.

    Bad:

        nature: soft

    Good:

        nature: soft
        observed_by: 每月随机回访 30 位客人，问“是否感到受欢迎”
    """
    for record in book.approved(Standard):
        if record.nature == "soft" and record.observed_by is None:
            yield (
                record.place("nature"),
                say("a soft standard must say how it is judged: key 'observed_by' is missing"),
            )


def _measures(record: Standard) -> Iterator[tuple[Loc, Measure]]:
    for index, clause in enumerate(record.clauses):
        if clause.measure:
            yield ("clauses", index, "measure"), clause.measure


@check(Level.WARNING)
def measure_without_metric(book: Handbook) -> Iterator[Finding]:
    """A measure with a share of cases should name the metric that reports it.

    A share such as 97 % is only known if somebody counts it each period.

    Bad:

        measure: { limit: <= 3 rings, attainment: ">= 97 %" }

    Good:

        measure: { limit: <= 3 rings, attainment: ">= 97 %", metric: calls-in-three-rings }
    """
    for record in book.approved(Standard):
        for loc, measure in _measures(record):
            if measure.attainment and measure.metric is None:
                message = say("nobody reports '{share}': name the 'metric'", share=measure.attainment)
                yield record.place(*loc, "attainment"), message


@check()
def fallback_without_way(book: Handbook) -> Iterator[Finding]:
    """A fallback must name the script or the procedure to go on with.

    The limit has just been missed in front of a customer; "then do something" is no help.

    Bad:

        fallback: { when: "> 5 rings" }

    Good:

        fallback: { when: "> 5 rings", script: late-answer-apology }
    """
    for record in book.approved(Standard):
        for loc, measure in _measures(record):
            if measure.fallback and measure.fallback.script is None and measure.fallback.procedure is None:
                yield record.place(*loc, "fallback"), say("a fallback needs 'script' or 'procedure'")


@check(Level.WARNING)
def standard_without_touchpoint(book: Handbook) -> Iterator[Finding]:
    """A standard about words or time should name where it applies.

    Appearance, conduct and facilities may hold everywhere; a sentence or a time limit belongs to a contact
    with the customer, or at least to a channel.

    Bad:

        aspect: time

    Good:

        aspect: time
        touchpoints: [front-desk-check-in]
    """
    for record in book.approved(Standard):
        if record.aspect in ("language", "time") and not record.touchpoints and record.channel is None:
            message = say(
                "a standard of aspect '{aspect}' needs 'touchpoints' or a 'channel'", aspect=record.aspect
            )
            yield record.place("aspect"), message


_FITTING = {"up": (">", ">=", "="), "down": ("<", "<=", "="), "band": ("=",)}


@check()
def target_mismatch(book: Handbook) -> Iterator[Finding]:
    """A metric's unit must be declared in handbook.yml; its target must have that unit and its direction.

    A metric where more is better, with a target of "at most", rewards the worst result.

    Bad:

        unit: "%"
        direction: up
        target: <= 97 %

    Good:

        unit: "%"
        direction: up
        target: ">= 97 %"
    """
    for record in book.approved(Metric):
        if record.unit not in book.settings.units:
            near = hint(record.unit, book.settings.units)
            message = say("no unit '{unit}' in handbook.yml{hint}", unit=record.unit, hint=near)
            yield record.place("unit"), message
        for key, limit in (("target", record.target), ("alert", record.alert)):
            if isinstance(limit, Limit) and limit.unit not in (None, record.unit):
                yield (
                    record.place(key),
                    say("'{key}' must be in '{unit}': got '{found}'", key=key, unit=record.unit, found=limit),
                )
        target = record.target
        if isinstance(target, Bound) and target.operator not in _FITTING[record.direction]:
            message = say(
                "'{target}' does not fit 'direction: {direction}'", target=target, direction=record.direction
            )
            yield record.place("target"), message
