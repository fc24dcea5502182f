"""The charts of measured values, made from series, indexes and tallies."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from generator.drawing.charts import Bar, Dot, Line, bar_chart, series_chart
from generator.filled import Asked
from generator.handbook import Handbook
from generator.kinds.metric import Metric
from generator.limits import Band, Bound
from generator.messages import tell
from generator.overviews import Ranked
from generator.phrase import long_day, long_month, phrase
from generator.series import Index, IndexPoint, Series
from generator.tables.cells import Span
from generator.tallies import Complaints

_QUARTERS = ("一", "二", "三", "四")


def period(span: Span) -> str:
    """A period in words."""
    first = span.first
    match span.every:
        case "day":
            return long_day(first)
        case "week":
            return tell("{year} 年第 {week} 周", year=span.text[:4], week=int(span.text[-2:]))
        case "month":
            return long_month(first)
        case "quarter":
            return tell("{year} 年{quarter}季度", year=first.year, quarter=tell(_QUARTERS[first.month // 3]))
    return tell("{year} 年", year=first.year)


def figure(value: Decimal) -> str:
    """A figure with one decimal at most."""
    rounded = value.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded}"


def unit_word(book: Handbook, unit: str) -> str:
    """A unit as readers see it."""
    return book.settings.units[unit].spoken if unit in book.settings.units else unit


def amount(book: Handbook, value: Decimal, unit: str) -> str:
    """A measured value with its unit, as typed."""
    word = unit_word(book, unit)
    return f"{value}{word}" if word in ("%", "℃") else f"{value} {word}"


def metric_chart(book: Handbook, one: Series) -> str:
    """A metric over time, with the target and the alert of the newest figure's version."""
    metric = one.latest.metric
    stretches = [
        [
            Dot(
                _short(point.span),
                point.row.value if point.row else None,
                str(point.row.value) if point.row else "",
                point.good,
            )
            for point in stretch
        ]
        for stretch in one.stretches
    ]
    unit = unit_word(book, metric.unit)
    return series_chart(_title(metric.title, one), unit, stretches, list(_lines(book, metric)))


def _lines(book: Handbook, metric: Metric) -> Iterator[Line]:
    """The levels of the target, two for a band, and of the alert."""
    target, alert = metric.target, metric.alert
    if isinstance(target, Band):
        told = phrase(target, book.settings)
        yield from (Line(value, told, "target") for value in (target.low, target.high))
    elif isinstance(target, Bound):
        yield Line(target.value, phrase(target, book.settings), "target")
    if isinstance(alert, Bound):
        yield Line(alert.value, phrase(alert, book.settings), "alert")


def _title(title: str, one: Series | Index) -> str:
    return tell("，").join((title, one.location.title)) if one.location else title


def _short(span: Span) -> str:
    """The period in as few signs as stand below an axis."""
    return span.text if span.every == "year" else span.text[2:]


def index_chart(one: Index) -> str:
    """An index over time; parted where the weights change."""
    stretches = [
        [
            Dot(_short(point.span), point.value, "" if point.value is None else figure(point.value), None)
            for point in stretch
        ]
        for stretch in one.stretches
    ]
    ideal = one.latest.rating.ideal
    lines = [] if ideal is None else [Line(ideal, str(ideal), "ideal")]
    return series_chart(_title(one.latest.rating.title, one), tell("分"), stretches, lines)


def share_bars(point: IndexPoint) -> str:
    """What each item adds to the index of one period, most first."""
    found = sorted((part for part in point.parts if part.count), key=lambda part: -part.weighted)
    return _bars(
        tell("{period}，分数从哪来", period=period(point.span)),
        [
            Bar(part.item.text, part.weighted, tell("{count} 分", count=figure(part.weighted)))
            for part in found
        ],
    )


def failure_bars(items: Iterable[Asked]) -> str:
    """How often each item of a form failed; those that never did are left out."""
    return _bars(
        tell("各项没做到的比例"),
        [Bar(item.question.text, item.share, f"{figure(item.share)}%") for item in items if item.failed],
    )


def complaint_bars(one: Complaints) -> str:
    """The complaints of each class, most first."""
    found = sorted((entry for entry in one.classes if entry[1].count), key=lambda entry: -entry[1].count)
    title = tell("各类投诉")
    where = tell("，").join((title, one.location.title)) if one.location else title
    bars = [
        Bar(item.title, Decimal(tally.count), tell("{count} 起", count=tally.count)) for item, tally in found
    ]
    return _bars(where, bars)


def findings_chart(title: str, found: Sequence[Ranked]) -> str:
    """How long each finding has been open, or was, in the order of work."""
    good = {"closed": True, "overdue": False}
    return _bars(
        title,
        [
            Bar(
                each.finding.title,
                Decimal(each.days),
                tell("{count} 天", count=each.days),
                good.get(each.progress),
            )
            for each in found
        ],
    )


def _bars(title: str, bars: Sequence[Bar]) -> str:
    return bar_chart(title, bars) if bars else ""
