"""What the search worker gets to read."""

import gc
import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from generator.documents import Document
from generator.editions import in_language
from generator.forms import traditional
from generator.handbook import Handbook
from generator.pages import pages
from generator.postings import STRONG, WEAK, files_for, place, postings, shards, tokens
from generator.publication import shown_in
from generator.search import search_files
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
URL = "shop/standards/phone/"


def held(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text[text.index("(") + 1 : text.rindex(")")])
    return found


def core(book: Handbook) -> dict[str, Any]:
    return held(search_files(book, [])["search/core.js"]())


def doc(book: Handbook, location: str = URL) -> dict[str, Any]:
    found: dict[str, Any] = next(doc for doc in core(book)["docs"] if doc["location"] == location)
    return found


def texts(book: Handbook, location: str = URL) -> list[Any]:
    """Lead, questions, names in other languages, parts."""
    whole = core(book)
    number = next(n for n, doc in enumerate(whole["docs"]) if doc["location"] == location)
    file = search_files(book, [])[f"search/texts/{number // whole['texts']}.js"]
    found: list[Any] = held(file())["data"][number % whole["texts"]]
    return found


def finds(book: Handbook, token: str) -> list[str]:
    """The pages in whose postings a token stands."""
    whole, files = core(book), search_files(book, [])
    data = held(files[f"search/words/{place(token, whole['words'])}.js"]())["data"]
    found = []
    for steps in data.get(token, []):
        number = 0
        for step in steps:
            number += step
            found.append(whole["docs"][number]["location"])
    return found


def everything(book: Handbook) -> str:
    return "".join(make() for make in search_files(book, []).values())


def test_names_of_other_languages_are_found_too(book: Make) -> None:
    """But no translation that is not settled."""
    made = book(FILES)
    assert doc(made)["foreign"] == ["Telephone"]
    assert texts(made)[2] == ["how many rings", "who answers"]
    assert finds(made, "answer") == finds(made, "wait") == [URL]
    assert "handset" not in everything(made).lower()


def test_an_edition_has_its_own_names(book: Make) -> None:
    found = doc(in_language(book(FILES), "en"))
    assert found["title"] == "Telephone"
    assert "foreign" not in found


def test_a_term_is_found_by_its_english_name(book: Make) -> None:
    term = "title: 铃声\nenglish: ring tone\ndefinition: 电话响。\nsynonyms: [铃声响, 铃音]\n"
    made = book({"shop/terms/ring.yml": term})
    found = doc(made, "shop/terms/ring/")
    assert found["foreign"] == ["ring tone"]
    assert found["aliases"] == ["铃声响", "铃音"]
    assert core(made)["equal"] == [["铃声", "铃音"]], "铃声响 is found by 铃声 anyway"


def test_words_that_mean_the_same(book: Make) -> None:
    settings = BASE["files"]["handbook.yml"] + "synonyms: [[顾客, 客人, 宾客]]\n"
    assert core(book({"handbook.yml": {"whole": settings}}))["equal"] == [["顾客", "客人", "宾客"]]


def test_a_pack_adds_what_its_people_say(book: Make) -> None:
    pack = "shop/pack.yml"
    made = book({pack: {"whole": BASE["files"][pack] + "synonyms: [[顾客, 逛店的], [飞机, 航班]]\n"}})
    assert core(made)["equal"] == [["顾客", "逛店的"]], "nothing here is about planes"


TOPICS = """\
title: 投诉什么
purpose: complaint-topic
classes:
  - id: online
    title: 要曝光
    test: 说要发到网上？
    examples: [{ id: post, text: “不退我就发网上！” }]
    handler: manager
    procedure: sale
"""


def test_a_complaint_is_found_by_what_customers_say(book: Make) -> None:
    """And first by those who have the procedure for it."""
    made = book({"shop/classifications/topics.yml": TOPICS})
    files = search_files(made, pages(made))
    number, topic = next(
        (number, doc)
        for number, doc in enumerate(held(files["search/core.js"]())["docs"])
        if doc["location"] == "shop/complaint/online/"
    )
    assert [held(files["search/core.js"]())["roles"][role] for role in topic["roles"]] == [
        ["shop/clerk", "名称"]
    ]
    texts = held(files[f"search/texts/{number // 4}.js"]())["data"][number % 4]
    assert texts[1] == ["不退我就发网上！"]


def test_what_is_hidden_stands_nowhere(book: Make) -> None:
    settings = BASE["files"]["handbook.yml"].replace(
        "publications: {", "publications: { guests: { title: 承诺, visibility: public, languages: [zh] }, "
    )
    settings += "synonyms: [[电话, 座机]]\n"
    whole = book({**FILES, "handbook.yml": {"whole": settings}})
    assert "Telephone" in everything(whole)
    shown = shown_in(whole, "guests")
    for word in ("Telephone", "电话", "几声", "ring", URL):
        assert word not in everything(shown)


def test_bodies_are_found_by_their_part(book: Make) -> None:
    """Of an entry with an anchor; what stands outside of one has none."""
    made = book({"shop/standards/phone.yml": PHONE})
    parts = dict(texts(made)[3])
    assert parts["answer"] == "三声内接听"
    assert "顾客在等" in parts[""]
    assert "三声内接听" not in parts[""]
    assert finds(made, "客在") == [URL]
    assert URL in finds(made, "声内")
    assert URL in finds(made, "以内"), "limits as people read them"


def test_a_reference_reads_as_the_title_it_leads_to(book: Make) -> None:
    made = book(
        {
            "shop/standards/phone.yml": PHONE + "if_missed: 看[[counter]]。\n",
            "shop/touchpoints/counter.yml": "title: 柜台前\n",
        }
    )
    assert "看柜台前。" in dict(texts(made)[3])[""]


@pytest.mark.parametrize(
    ("files", "location", "lead"),
    [
        ({}, URL, "一句话说明。"),
        (
            {"shop/scripts/sorry.yml": "first_line: 对不起，让您久等了。\n"},
            "shop/scripts/sorry/",
            "对不起，让您久等了。",
        ),
        (
            {"shop/procedures/sale.yml": "steps: [{ id: listen, role: clerk, action: 先听。 }]\n"},
            "shop/procedures/sale/",
            "1. 先听。",
        ),
    ],
    ids=["what it is for", "the first line", "the first step"],
)
def test_what_somebody_in_a_hurry_reads(
    files: Mapping[str, Text], location: str, lead: str, book: Make
) -> None:
    assert texts(book(files), location)[0] == lead


def marks(book: Handbook) -> set[str]:
    files = search_files(book, [])
    return {held(make())["mark"] for file, make in files.items() if "search_index" not in file}


def test_files_belong_to_one_core(book: Make) -> None:
    """Another text leaves the mark as it is, since it numbers the same pages; another page does not."""
    [first] = marks(book(FILES))
    assert marks(book({**FILES, "shop/standards/phone.yml": PHONE.replace("谁", "何人")})) == {first}
    [more] = marks(book({**FILES, "shop/standards/fax.yml": "title: 传真\n"}))
    assert more != first


def test_characters_that_only_names_hold_have_their_traditional_forms(book: Make) -> None:
    forms, simple = core(book({"shop/standards/phone.yml": "title: 白鸽\n"}))["simple"]
    assert "鴿" in forms
    assert simple[forms.index("鴿")] == "鸽"


def test_material_gets_what_it_asks_for(book: Make) -> None:
    files = search_files(book({}), [])
    index = json.loads(files["search/search_index.json"]())
    assert index["docs"] == []
    assert files["search/search_index.js"]() == f"var __index = {json.dumps(index, separators=(',', ':'))};\n"


def test_a_name_says_how_it_is_read_where_its_characters_do_not(book: Make) -> None:
    bank = doc(book({"shop/standards/phone.yml": "title: 银行电话\n"}))
    assert bank["read"] == {"银行电话": "yin hang dian hua"}
    assert "read" not in doc(book({"shop/standards/phone.yml": "title: 电话\n"}))


def test_characters_by_sound() -> None:
    found = sounds(["囍"])
    assert "投" in found["tou"]
    assert "旅" in found["lv"]
    assert any("囍" in letters for letters in found.values())
    assert len(found) > 390


def test_read_otherwise_leaves_letters_out() -> None:
    assert read_otherwise("VIP 电话") is None
    assert read_otherwise("WiFi 重新连") == "chong xin lian"


def test_traditional_forms_of_what_is_written() -> None:
    """None of a character that the texts use themselves, or of one that they do not have."""
    assert traditional(["预订，订单"]) == ("單訂預", "单订预")
    assert "乾" not in traditional(["乾隆，干"])[0]
    assert traditional([]) == ("", "")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("办理入住", ["办理", "理入", "入住"]),
        ("ＶＩＰ接待", ["vip", "接待"]),
        ("97.5%以内", ["97.5", "%", "以内", "97.5%"]),
        ("3 声内", ["3", "声内", "3声"]),
        ("GB/T 19012", ["gb", "t", "19012"]),
        ("Booking cannot be found", ["book", "cannot", "be", "found"]),
        ("客", ["客"]),
        ("。！ 😀", []),
    ],
)
def test_tokens(text: str, found: list[str]) -> None:
    assert list(tokens(text)) == found


def test_postings_tell_what_a_page_is_for_from_what_it_holds() -> None:
    found = postings([(["入住"], ["入住", "早餐"]), ([], ["早餐", "入住"])])
    assert found == {"入": ([0], []), "住": ([0], []), "入住": ([0], [1]), "早餐": ([], [0, 1])}
    assert found["入住"][STRONG] == [0]
    assert found["早餐"][WEAK] == [0, 1]


def test_every_token_stands_in_the_file_where_it_is_looked_for() -> None:
    found = postings(([f"第{chr(0x4E00 + number)}"], []) for number in range(300))
    parts = shards(found, 8)
    assert sum(map(len, parts)) == len(found)
    for token in found:
        assert token in parts[place(token, 8)]
    assert all(parts), "no file is empty, so the tokens are spread"


def test_numbers_are_told_by_their_steps() -> None:
    found = postings((["入住"] if number in (2, 5, 9) else [], []) for number in range(10))
    assert shards(found, 1)[0]["入住"] == [[2, 3, 4]]


def test_the_more_documents_the_more_files() -> None:
    assert [files_for(count) for count in (0, 10, 100, 1000, 10_000)] == [1, 1, 8, 128, 1024]


def test_the_index_is_let_go_after_its_last_file(book: Make) -> None:
    """A preview keeps the files of many readings; asked again, it makes the same."""
    files = search_files(book(FILES), [])
    first = [make() for make in files.values()]
    gc.collect()
    assert not [each for each in gc.get_objects() if isinstance(each, Document)]
    assert [make() for make in files.values()] == first
