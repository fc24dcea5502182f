"""What teaches a record, how much a paper is worth, and what the entries of a record are called."""

from collections.abc import Callable, Mapping

from generator.difference import differences
from generator.entries import entries
from generator.handbook import Handbook
from generator.kinds.course import Course
from generator.kinds.role import Role
from generator.lessons import cases_on, courses_on
from generator.render import _trail
from generator.view import RoleView
from tests.vocabulary import Text

Make = Callable[[Mapping[str, Text]], Handbook]


def test_what_teaches_a_record(book: Make) -> None:
    files: dict[str, Text] = {
        "shop/cases/missed-call.yml": "teaches: [phone#answer]\n",
        "shop/cases/good-call.yml": "outcome: success\nteaches: [phone]\n",
        "shop/cases/other.yml": "teaches: [counter]\nrelated: [phone]\n",
        "shop/courses/talk.yml": "# without: quiz, pass_mark\nrelated: [phone]\n",
    }
    linked = book(files)
    phone = linked["shop/phone"]
    assert [case.id for case in cases_on(linked, phone)] == ["shop/missed-call", "shop/good-call"]
    assert [course.id for course in courses_on(linked, phone)] == ["shop/basics"]
    assert cases_on(linked, linked["shop/ring"]) == []


def test_what_a_role_learns(book: Make) -> None:
    files: dict[str, Text] = {
        "shop/courses/basics.yml": "# without: required_before\nmethod: 演示\n",
        "shop/courses/talk.yml": "required_before: [clerk]\n",
    }
    linked = book(files)
    clerk = linked["shop/clerk"]
    assert isinstance(clerk, Role)
    view = RoleView(linked, clerk)
    assert [course.id for course in view.courses] == ["shop/talk", "shop/basics"]
    assert [view.must_pass(course) for course in view.courses] == [True, False]
    assert [record.id for record in (*view.paths, *view.groups, *view.facilities, *view.guides)] == [
        "shop/newcomer",
        "shop/wheelchair",
        "shop/ramp",
        "shop/busy-hours",
    ]
    assert [policy.id for policy in view.policies] == ["shop/control"]


def test_marks_and_minutes_of_a_course(book: Make) -> None:
    files: dict[str, Text] = {
        "shop/courses/talk.yml": "modules: [{ id: a, title: 一, within: <= 20 min }, { id: b, title: 二 }]\n"
        "quiz:\n  - { id: a, text: 一？, key: 对, cites: phone, points: 2.5 }\n"
        "  - { id: b, text: 二？, key: 对, cites: phone }\n",
    }
    linked = book(files)
    basics, talk = linked["shop/basics"], linked["shop/talk"]
    assert isinstance(basics, Course)
    assert isinstance(talk, Course)
    assert (basics.full_marks, basics.minutes) == (1, 20)
    assert (str(talk.full_marks), talk.minutes) == ("3.5", None)


def test_entries_by_their_names(book: Make) -> None:
    linked = book({})
    names = {id: list(entries(record)) for id, record in linked.records.items()}
    assert names["shop/control"] == ["approval"]
    assert names["shop/busy-hours"] == ["queue"]
    assert names["shop/sale"] == ["greet", "pay"]
    assert names["shop/ring"] == []


def test_a_field_is_called_as_in_its_own_block(book: Make) -> None:
    files: dict[str, Text] = {
        "shop/guides/quiet.yml": "points: [{ id: queue, point: 排队, difficulty: 人手少, measure: 叫人 }]\n",
        "shop/standards/desk.yml": "clauses: [{ id: answer, level: must, text: 三声内接听 }]\n",
    }
    linked = book(files)
    [guide] = differences(linked["shop/busy-hours"], linked["shop/quiet"])
    [standard] = differences(linked["shop/phone"], linked["shop/desk"])
    assert (_trail(guide), _trail(standard)) == (["排队", "措施"], ["三声内接听", "数字"])
