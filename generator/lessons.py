"""What can be learned about a record: the cases that illustrate it, the courses that teach it."""

from generator.handbook import Handbook
from generator.kinds.case import Case
from generator.kinds.course import Course
from generator.kinds.record import Record


def cases_on(book: Handbook, record: Record) -> list[Case]:
    """The cases in force that teach a record or an entry of it, failures first."""
    found = [case for case in book.users(record) if isinstance(case, Case) and record.id in case.teaches]
    return sorted(found, key=lambda case: case.outcome)


def courses_on(book: Handbook, record: Record) -> list[Course]:
    """The courses in force that teach a record, or examine it."""
    users = book.users(record)
    return [course for course in users if isinstance(course, Course) and record.id in course.taught]
