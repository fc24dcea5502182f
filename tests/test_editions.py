"""The handbook in another language: what is translated, what is not, and how the catalogues keep up."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from generator.build import build
from generator.catalogues import Catalogue, Entry, read_catalogue, written
from generator.editions import in_language
from generator.handbook import Handbook
from generator.kinds.script import Script
from generator.problems import HandbookError, Problem
from generator.publication import shown_in
from generator.site import Order
from generator.texts import texts
from generator.translating import extracted, languages, merged, standings, total, updated, wanted
from tests.test_build import DAY
from tests.test_write import lay
from tests.vocabulary import Text

Make = Callable[..., Handbook]

PO = """msgctxt "shop/phone title"
msgid "接电话"
msgstr "Answering the phone"

msgctxt "shop/phone clauses.answer.text"
msgid "三声内接听"
msgstr "Answer within three rings"

#, fuzzy
msgctxt "shop/phone rationale"
msgid "顾客在等。"
msgstr "They wait."
"""
TWO = """languages: [zh, en]
publications:
  staff: { title: 手册, visibility: internal, languages: [zh, en], private_hosting: 示范 }
"""
FILES: dict[str, Text] = {
    "handbook.yml": TWO,
    "shop/standards/phone.yml": "title: 接电话\nclauses: [{ id: answer, level: must, text: 三声内接听, "
    "measure: { limit: <= 3 rings } }]\n",
    "locales/en/shop.po": {"whole": PO},
}


@pytest.fixture
def english(book: Make) -> Handbook:
    return in_language(book(FILES), "en")


def test_what_is_translated_is_told_and_the_rest_is_counted(english: Handbook) -> None:
    phone = english["shop/phone"]
    assert phone.title == "Answering the phone"
    assert phone.clauses[0].text == "Answer within three rings"
    assert phone.rationale == "顾客在等。"
    missing, all_ = english.untold_of(phone)
    assert all_ - missing == 2
    assert missing > 0
    assert english.language == "en"


def test_the_first_language_is_the_book_itself(book: Make) -> None:
    one = book(FILES)
    assert in_language(one, "zh") is one
    assert one.untold_of(one["shop/phone"]) == (0, 0)


def test_sentences_in_both_languages_change_places(book: Make) -> None:
    files = {**FILES, "shop/scripts/greeting.yml": "first_line: 您好。\nforeign: Good morning.\n"}
    script = in_language(book(files), "en")["shop/greeting"]
    assert isinstance(script, Script)
    assert (script.first_line, script.foreign) == ("Good morning.", "您好。")


def test_placeholders_get_their_names(book: Make) -> None:
    po = """msgctxt "shop/greeting close"
msgid "{姓氏}您慢走"
msgstr "Goodbye, {姓氏}"

msgctxt "shop/greeting placeholders.姓氏.name"
msgid "姓氏"
msgstr "surname"
"""
    files = {
        **FILES,
        "locales/en/shop.po": {"whole": po},
        "shop/scripts/greeting.yml": "close: '{姓氏}您慢走'\n"
        "placeholders: [{ name: 姓氏, meaning: 姓, example: 张 }]\n",
    }
    script = in_language(book(files), "en")["shop/greeting"]
    assert isinstance(script, Script)
    assert script.close == "Goodbye, {surname}"
    assert script.placeholders[0].name == "surname"


def test_what_a_publication_hides_is_in_no_translation(book: Make) -> None:
    po = """msgctxt "shop/phone if_missed"
msgid "照[[ring]]做"
msgstr "Do as in [[ring]]"
"""
    files = {
        **FILES,
        "locales/en/shop.po": {"whole": po},
        "shop/standards/phone.yml": "title: 接电话\nif_missed: 照[[ring]]做\n",
        "shop/terms/ring.yml": "visibility: restricted\n",
    }
    shown = shown_in(in_language(book(files), "en"), "staff")
    assert "shop/ring" not in shown.records
    assert shown["shop/phone"].if_missed == "Do as in …"


def test_a_changed_text_turns_fuzzy_with_what_it_was(book: Make) -> None:
    files = {**FILES, "shop/standards/phone.yml": "title: 接听电话\n"}
    po = updated(book(files), "en")["standards/locales/en/shop.po"]
    assert '#, fuzzy\n#| msgid "接电话"\nmsgctxt "shop/phone title"\nmsgid "接听电话"' in po
    catalogue = read_catalogue("standards/locales/en/shop.po", po.encode())
    assert isinstance(catalogue, Catalogue)
    entry = next(entry for entry in catalogue.entries if entry.context == "shop/phone title")
    assert (entry.before, entry.fuzzy, entry.counts) == ("接电话", True, False)


def test_a_text_changed_twice_remembers_what_was_translated() -> None:
    first = [Entry("a/b title", "一", "One")]
    second = merged([("a/b title", "二")], first, {})
    third = merged([("a/b title", "三")], second, {})
    assert [(entry.told, entry.fuzzy, entry.before) for entry in third] == [("One", True, "一")]


def test_a_renamed_record_keeps_its_translations() -> None:
    entries = [Entry("a/old title", "一", "One")]
    assert merged([("a/new title", "一")], entries, {"a/new": ["a/old"]}) == [
        Entry("a/new title", "一", "One")
    ]


def test_what_reads_alike_in_the_same_field_is_translated_alike() -> None:
    entries = [Entry("a/b changes.1.0.note", "首次发布。", "First issue.")]
    keys = [
        ("a/b changes.1.0.note", "首次发布。"),
        ("a/c changes.1.0.note", "首次发布。"),
        ("a/c title", "首次发布。"),
    ]
    assert [entry.told for entry in merged(keys, entries, {})] == ["First issue.", "First issue.", ""]
    waiting = [*entries, Entry(*keys[1], "")]
    assert merged(keys, waiting, {})[1].told == "First issue."


def test_an_old_text_stays_while_a_kept_revision_uses_it(book: Make) -> None:
    kept = "title: 接电话\nversion: 1.0\n"
    newest = """title: 接听电话
version: 2.0
effective: 2026-05-01
changes: [{ version: 2.0, on: 2026-04-01, note: 改名 }]
"""
    files = {**FILES, "shop/standards/phone@1.yml": kept, "shop/standards/phone.yml": newest}
    po = updated(book(files), "en")["standards/locales/en/shop.po"]
    assert 'msgid "接电话"\nmsgstr "Answering the phone"' in po
    assert '#| msgid "接电话"\nmsgctxt "shop/phone title"\nmsgid "接听电话"' in po


def test_updating_twice_changes_nothing(book: Make) -> None:
    one = book(FILES)
    first = updated(one, "en")["standards/locales/en/shop.po"]
    again = read_catalogue("standards/locales/en/shop.po", first.encode())
    assert isinstance(again, Catalogue)
    assert updated(replace(one, catalogues=(again,)), "en")["standards/locales/en/shop.po"] == first


def test_templates_hold_what_there_is_to_translate(book: Make) -> None:
    found = extracted(book(FILES))
    assert 'msgctxt "shop/phone title"\nmsgid "接电话"\nmsgstr ""' in found[".handbook/locales/shop.pot"]
    assert set(found) == {f".handbook/locales/{name}.pot" for name in wanted(book(FILES))}


def test_what_is_translated_is_counted(book: Make) -> None:
    rows = {row.name: row for row in standings(book(FILES), "en")}
    assert (rows["shop"].told, rows["shop"].fuzzy) == (2, 1)
    assert total(rows.values()).total == sum(row.total for row in rows.values())
    assert languages(book(FILES), None) == ["en"]
    with pytest.raises(HandbookError, match="'fr' is not among"):
        languages(book(FILES), "fr")


def test_a_catalogue_reads_as_it_was_written() -> None:
    entries = [
        Entry("a/b asks", "一\n二", 'one "two"\n\\three'),
        Entry("a/b title", "一", "One", True, "零"),
        Entry("a/b body", "一\n二", "One\ntwo", True, '零\n"半"\n\\n'),
        Entry("a/b why", "一", "One", True, f"{'早上 8:00 到 18:00 有人， ' * 9}\n晚上没有。"),
        Entry("a/c title", "一", ""),
        Entry("a/c summary", "一", "One", True, "早上 8:00 到 18:00 有人， " * 9),
    ]
    read = read_catalogue("standards/locales/en/a.po", written(entries, "en").encode())
    assert not isinstance(read, Problem)
    assert [entry._replace(line=1) for entry in read.entries] == entries


def test_a_catalogue_of_no_pack_is_told(problems: Callable[..., list[Problem]]) -> None:
    found = problems({**FILES, "locales/en/shpo.po": {"whole": PO}})
    told = [str(problem.message) for problem in found if problem.place.path.endswith("shpo.po")]
    assert told[0].endswith("there is no pack 'shpo'; did you mean 'shop'?")


def test_a_catalogue_in_no_language_of_the_handbook_is_told(problems: Callable[..., list[Problem]]) -> None:
    found = problems({**FILES, "locales/fr/shop.po": {"whole": PO}})
    told = [str(problem.message) for problem in found if problem.place.path.endswith("fr/shop.po")]
    assert told[0] == "'fr' is not among the other languages of handbook.yml"


def test_without_another_language_there_is_nothing_to_translate(book: Make) -> None:
    with pytest.raises(HandbookError, match="names no language besides 'zh'"):
        languages(book({"handbook.yml": "languages: [zh]\n"}), None)


def test_only_texts_with_chinese_are_to_be_translated(book: Make) -> None:
    one = book({**FILES, "shop/standards/phone.yml": "title: Phone 24 h\n"})
    assert "title" not in {said.path[0] for said in texts(one["shop/phone"])}


def test_both_editions_stand_in_one_site_and_lead_to_each_other(tmp_path: Path) -> None:
    root = lay(tmp_path / "root", FILES)
    build(root, tmp_path / "site", DAY)
    first = (tmp_path / "site/shop/standards/phone/index.html").read_text("utf-8")
    other = (tmp_path / "site/en/shop/standards/phone/index.html").read_text("utf-8")
    assert 'href="../../../en/shop/standards/phone/" hreflang="en" lang="en">English</a>' in first
    assert 'href="../../../../shop/standards/phone/" hreflang="zh" lang="zh">中文</a>' in other
    assert '<html lang="en"' in other
    assert "Answering the phone" in other
    assert "texts of this page are not translated yet" in other
    assert "译文" not in first


def test_one_edition_alone_leads_to_no_other(tmp_path: Path) -> None:
    root = lay(tmp_path / "root", FILES)
    build(root, tmp_path / "site", DAY, order=Order(language="en"))
    page = (tmp_path / "site/shop/standards/phone/index.html").read_text("utf-8")
    assert "Answering the phone" in page
    assert "hb-editions" not in page
    assert not (tmp_path / "site/en").exists()
