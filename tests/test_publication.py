"""What a publication shows: no record above its ceiling, and no trace of one in the others."""

from collections.abc import Callable, Mapping

import pytest

from generator.handbook import Handbook
from generator.kinds.course import Course
from generator.kinds.notice import Notice
from generator.kinds.procedure import Procedure
from generator.kinds.script import Script
from generator.problems import Level, Place, Problem, say
from generator.publication import shown_in, sound, told_to
from tests.vocabulary import BASE, Text

Make = Callable[[Mapping[str, Text]], Handbook]

HANDBOOK = BASE["files"]["handbook.yml"].replace(
    "private_hosting: 示范 } }",
    "private_hosting: 示范 }, guests: { title: 承诺, visibility: public, languages: [zh] } }",
)


def tiny(book: Make, files: Mapping[str, Text]) -> Handbook:
    return book({"handbook.yml": {"whole": HANDBOOK}, **files})


def test_records_above_the_ceiling_are_gone(book: Make) -> None:
    whole = tiny(book, {"shop/scripts/statement.yml": "visibility: restricted\n"})
    assert "shop/statement" in whole.records
    assert "shop/statement" not in shown_in(whole, "staff").records


def test_a_list_loses_only_the_reference(book: Make) -> None:
    files = {
        "shop/scripts/statement.yml": "visibility: restricted\n",
        "shop/scripts/greeting.yml": "related: [statement, farewell]\n",
        "shop/scripts/farewell.yml": "",
    }
    left = shown_in(tiny(book, files), "staff")
    assert left["shop/greeting"].related == ["shop/farewell"]
    assert "shop/statement" not in {link.ref for link in left.links}


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("见[[statement]]。", "见…。"),
        ("见[[statement|声明]]。", "见声明。"),
        ("见[[farewell]]。", "见[[farewell]]。"),
    ],
)
def test_a_link_in_a_text_becomes_plain_words(book: Make, written: str, shown: str) -> None:
    files = {
        "shop/scripts/statement.yml": "visibility: restricted\n",
        "shop/scripts/greeting.yml": f"body: {written}\n",
        "shop/scripts/farewell.yml": "",
    }
    assert shown_in(tiny(book, files), "staff")["shop/greeting"].body == shown


def test_what_cannot_do_without_something_hidden_goes_too(book: Make) -> None:
    files = {
        "shop/roles/spokesman.yml": "visibility: restricted\n",
        "shop/procedures/sale.yml": "steps: [{ id: a, role: spokesman, action: 说 }]\n",
        "shop/scripts/greeting.yml": "related: [sale]\n",
    }
    left = shown_in(tiny(book, files), "staff")
    assert left.in_force(Procedure) == []
    assert left["shop/greeting"].related == []


def test_the_owner_is_spared_and_an_approval_goes_whole(book: Make) -> None:
    left = shown_in(tiny(book, {"shop/terms/ring.yml": "visibility: public\n"}), "guests")
    assert list(left.records) == ["shop/ring"]
    term = left["shop/ring"]
    assert (term.owner, term.author, term.approved) == (None, None, None)


def test_what_counts_at_a_hidden_place_only_does_not_count_everywhere(book: Make) -> None:
    files = {
        "shop/locations/vault.yml": "visibility: restricted\n",
        "shop/scripts/greeting.yml": "distribution: { roles: [clerk], locations: [vault] }\n",
        "shop/notices/fair.yml": "ends: 2026-06-30\nlocations: [vault]\n",
    }
    left = shown_in(tiny(book, files), "staff")
    assert left.in_force(Script) == []
    assert left.in_force(Notice) == []


def test_an_older_revision_may_be_hidden_while_the_newest_shows(book: Make) -> None:
    files = {
        "shop/scripts/greeting.yml": "version: 2.0\neffective: 2026-05-01\n",
        "shop/scripts/greeting@1.yml": "visibility: restricted\n",
    }
    left = shown_in(tiny(book, files), "staff")
    assert [record.version.major for record in left.revisions["shop/greeting"]] == [2]


def test_a_pack_shows_only_its_title_above_its_own_ceiling(book: Make) -> None:
    left = shown_in(tiny(book, {"shop/terms/ring.yml": "visibility: public\n"}), "guests")
    assert (left.packs["shop"].title, left.packs["shop"].summary) == ("门店", "")
    assert (list(left.settings.publications), left.settings.ask_first) == (["guests"], None)


def test_what_a_notice_makes_of_a_record_is_filtered_alike(book: Make) -> None:
    override = "overrides: [{ id: a, record: greeting, fields: { body: '见[[statement]]。' } }]\n"
    files = {
        "shop/scripts/statement.yml": "visibility: restricted\n",
        "shop/notices/fair.yml": f"ends: 2026-06-30\n{override}",
    }
    left = shown_in(tiny(book, files), "staff")
    [laid] = left.laid_on(left["shop/greeting"])
    assert laid.record
    assert laid.record.body == "见…。"


def test_sound_leaves_out_files_and_what_leans_on_them(book: Make) -> None:
    left = sound(book({}), {"standards/shop/scripts/greeting.yml"})
    assert "shop/greeting" not in left.records
    assert "shop/phone" in left.records


def test_problems_about_hidden_records_are_not_told(book: Make) -> None:
    whole = tiny(book, {"shop/scripts/statement.yml": "visibility: restricted\ntitle: 声明稿\n"})
    problems = [
        Problem(Place("standards/shop/scripts/statement.yml"), "late", say("late"), Level.WARNING),
        Problem(
            Place("standards/shop/scripts/greeting.yml"),
            "late",
            say("see '{id}'", id="声明稿"),
            Level.WARNING,
        ),
        Problem(Place("standards/shop/scripts/greeting.yml"), "late", say("late"), Level.WARNING),
    ]
    assert told_to(shown_in(whole, "staff"), whole, problems) == problems[2:]


def test_what_a_hidden_revision_replaces_does_not_come_back(book: Make) -> None:
    files = {
        "shop/scripts/greeting.yml": "version: 2.0\neffective: 2026-05-01\nvisibility: restricted\n",
        "shop/scripts/greeting@1.yml": "",
    }
    whole = tiny(book, files)
    left = shown_in(whole, "staff")
    [older] = left.revisions["shop/greeting"]
    assert (left.state(older), left.in_force(Script)) == ("over", [])
    assert "shop/greeting" not in sound(whole, {"standards/shop/scripts/greeting.yml"}).records


def test_a_fault_in_what_is_coming_leaves_what_counts(book: Make) -> None:
    files = {
        "shop/scripts/greeting.yml": "version: 2.0\neffective: 2026-07-01\n",
        "shop/scripts/greeting@1.yml": "",
    }
    left = sound(book(files), {"standards/shop/scripts/greeting.yml"})
    assert (left.state(left["shop/greeting"]), left["shop/greeting"].version.major) == ("in-force", 1)


def test_where_a_revision_cannot_be_read_no_other_one_counts_instead(book: Make) -> None:
    files = {"shop/scripts/greeting.yml": "version: two\n", "shop/scripts/greeting@1.yml": ""}
    assert "shop/greeting" not in sound(book(files), set()).records


def test_right_answers_are_for_restricted_publications_only(book: Make) -> None:
    settings = HANDBOOK.replace(
        "guests: {", "trainers: { title: 培训, visibility: restricted, languages: [zh] }, guests: {"
    )
    files: dict[str, Text] = {
        "handbook.yml": {"whole": settings},
        "shop/notices/fair.yml": "ends: 2026-06-30\n"
        "overrides: [{ id: a, record: basics, fields: { quiz: [{ id: rings, key: 两声内接听。 }] } }]\n",
    }
    whole = book(files)
    for name, answers, key in (("staff", [], None), ("trainers", ["three"], "三声内接听。")):
        left = shown_in(whole, name)
        [course] = left.in_force(Course)
        [laid] = left.laid_on(course)
        assert (course.quiz[0].answers, course.quiz[0].key) == (answers, key)
        assert isinstance(laid.record, Course)
        assert laid.record.quiz[0].key == (key and "两声内接听。")
        assert ("两声内接听" in str([vars(notice) for notice in left.in_force(Notice)])) == (
            name == "trainers"
        )
        assert left.state(course) == "in-force"
