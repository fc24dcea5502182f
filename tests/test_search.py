"""What the search worker gets to read."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from generator.editions import in_language
from generator.handbook import Handbook
from generator.publication import shown_in
from generator.search import search_index
from generator.sounds import read_otherwise, sounds
from tests.vocabulary import BASE, Text

Make = Callable[[Mapping[str, Text]], Handbook]

PO = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

msgctxt "shop/phone title"
msgid "电话"
msgstr "Telephone"

msgctxt "shop/phone asks"
msgid "几声接\\n谁接"
msgstr "how many rings\\nwho answers"

#, fuzzy
msgctxt "shop/phone aliases"
msgid "听筒"
msgstr "Handset"

msgctxt "shop/phone rationale"
msgid "顾客在等。"
msgstr "Customers are waiting."
"""
PHONE = "title: 电话\naliases: [听筒]\nasks: [几声接, 谁接]\n"
FILES: dict[str, Text] = {"shop/standards/phone.yml": PHONE, "locales/en/shop.po": {"whole": PO}}


def doc(book: Handbook, location: str) -> dict[str, Any]:
    docs: list[dict[str, Any]] = json.loads(search_index(book, []))["docs"]
    return next(doc for doc in docs if doc["location"] == location)


def test_names_of_other_languages_are_found_too(book: Make) -> None:
    """But no translation that is not settled, and nothing that is no name."""
    found = doc(book(FILES), "shop/standards/phone/")
    assert found["foreign"] == ["Telephone", "how many rings", "who answers"]


def test_an_edition_has_its_own_names(book: Make) -> None:
    found = doc(in_language(book(FILES), "en"), "shop/standards/phone/")
    assert found["title"] == "Telephone"
    assert "foreign" not in found


def test_what_is_hidden_has_no_foreign_name(book: Make) -> None:
    settings = BASE["files"]["handbook.yml"].replace(
        "publications: {", "publications: { guests: { title: 承诺, visibility: public, languages: [zh] }, "
    )
    shown = shown_in(book({**FILES, "handbook.yml": {"whole": settings}}), "guests")
    assert "Telephone" not in search_index(shown, [])


def test_a_name_says_how_it_is_read_where_its_characters_do_not(book: Make) -> None:
    bank = doc(book({"shop/standards/phone.yml": "title: 银行电话\n"}), "shop/standards/phone/")
    assert bank["read"] == {"银行电话": "yin hang dian hua"}
    assert "read" not in doc(book({"shop/standards/phone.yml": "title: 电话\n"}), "shop/standards/phone/")


def test_characters_by_sound() -> None:
    found = sounds(["囍"])
    assert "投" in found["tou"]
    assert "旅" in found["lv"]
    assert any("囍" in letters for letters in found.values())
    assert len(found) > 390


def test_read_otherwise_leaves_letters_out() -> None:
    assert read_otherwise("VIP 电话") is None
    assert read_otherwise("WiFi 重新连") == "chong xin lian"
