"""Teaching: courses that can be passed or failed, and that people take before a rule changes."""

from collections.abc import Iterator

from generator.checks.engine import Finding, check
from generator.handbook import Handbook
from generator.kinds.course import Course, Quiz
from generator.kinds.procedure import Procedure
from generator.kinds.record import Record
from generator.kinds.standard import Standard
from generator.marks import Loc
from generator.messages import Message, say
from generator.problems import Level, hint

_PASSING = ((">=", "%"), (">=", "points"))


@check()
def quiz_without_pass_mark(book: Handbook) -> Iterator[Finding]:
    """A course with questions must say how much of them passes, as at least so many % or points.

    Otherwise each trainer draws the line elsewhere, and nobody can be held to the result.

    Bad:

        quiz: [{ id: rings, text: 电话最晚第几声接？, ... }]

    Good:

        quiz: [{ id: rings, text: 电话最晚第几声接？, ... }]
        pass_mark: ">= 80 %"
    """
    for record in book.approved(Course):
        mark = record.pass_mark
        if record.quiz and mark is None:
            yield record.place("quiz"), say("how much passes? key 'pass_mark' is missing")
        elif mark and not record.quiz:
            yield record.place("pass_mark"), say("'{mark}' of what? key 'quiz' is missing", mark=mark)
        elif mark and (mark.operator, mark.unit) not in _PASSING:
            message = say("a pass mark is at least so many % or points: got '{mark}'", mark=mark)
            yield record.place("pass_mark"), message


@check()
def question_without_answer(book: Handbook) -> Iterator[Finding]:
    """A question must have its right answer: among two choices or more, or as a key where it is open.

    Without it two trainers judge the same paper differently.

    Bad:

        text: 电话最晚第几声接？
        choices: [{ id: three, text: 第三声 }, { id: five, text: 第五声 }]
        answers: [tree]

    Good:

        text: 电话最晚第几声接？
        choices: [{ id: three, text: 第三声 }, { id: five, text: 第五声 }]
        answers: [three]
    """
    for record in book.approved(Course):
        for index, question in enumerate(record.quiz):
            for loc, message in _unanswered(question):
                yield record.place("quiz", index, *loc), message


def _unanswered(question: Quiz) -> Iterator[tuple[Loc, Message]]:
    known = [choice.id for choice in question.choices]
    for number, answer in enumerate(question.answers):
        if answer not in known:
            near = hint(answer, known)
            yield ("answers", number), say("no choice '{answer}'{hint}", answer=answer, hint=near)
    if len(known) == 1:
        yield ("choices",), say("a question needs two choices or more, or none: got 1")
    if known and not question.answers:
        yield ("choices",), say("which one is right? key 'answers' is missing")
    if not known and question.key is None:
        yield ("text",), say("what does a right answer say? an open question needs 'key'")


@check()
def required_beyond_audience(book: Handbook) -> Iterator[Finding]:
    """A post that a course is required before must be among those it is made for.

    Whoever is made to pass a course must find in it what the post does.

    Bad:

        audience: [receptionist]
        required_before: [telephone-operator]

    Good:

        audience: [receptionist, telephone-operator]
        required_before: [telephone-operator]
    """
    for record in book.approved(Course):
        for index, role in enumerate(record.required_before):
            if role not in record.audience:
                message = say("'{role}' is not listed under 'audience'", role=role)
                yield record.place("required_before", index), message


@check(Level.WARNING)
def course_without_standard(book: Handbook) -> Iterator[Finding]:
    """A course should examine at least one standard.

    A course that asks nothing about what people are held to is a talk.

    Bad:

        quiz: [{ id: motto, text: 我们的口号是什么？, cites: hotel-history, ... }]

    Good:

        quiz: [{ id: rings, text: 电话最晚第几声接？, cites: phone-answering#rings, ... }]
    """
    for record in book.approved(Course):
        cited = [book.get(question.cites) for question in record.quiz]
        if not any(isinstance(target, Standard) for target in cited):
            yield record.place("quiz"), say("no question cites a standard")


@check(Level.WARNING)
def major_without_course(book: Handbook) -> Iterator[Finding]:
    """Before a new MAJOR of a standard or procedure comes into force, a course should teach it.

    The days between approval and force are there for training. A course teaches what its modules list or its
    questions cite; it must be in force on that day.

    Bad:

        version: 3.0               # phone-answering, from 1 December; no course lists it

    Good:

        modules: [{ id: phone, title: 接听电话, records: [phone-answering] }]
    """
    for record in (*book.approved(Standard), *book.approved(Procedure)):
        if record.version.major == 1 or record.effective <= book.today or not book.periods(record):
            continue
        if not any(_teaches(book, course, record) for course in book.approved(Course)):
            message = say(
                "{version} comes into force on {day}, and no course teaches it",
                version=record.version,
                day=record.effective,
            )
            yield record.place("version"), message


def _teaches(book: Handbook, course: Course, record: Record) -> bool:
    return record.id in course.taught and any(record.effective in days for days in book.periods(course))
