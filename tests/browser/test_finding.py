"""Finding: what somebody types, in whatever way it gets into the box, and what stands in the list."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route

from generator.postings import place, tokens
from tests.browser.reading import DESKTOP, PHONE, Reader, serving

BOOKING = "hotel/procedures/booking-not-found/"
WORDS = "hotel/scripts/booking-not-found-words/"


def box(page: Page) -> Locator:
    return page.locator("[data-md-component=search-query]")


def links(page: Page) -> Locator:
    return page.locator(".md-search-result__item > a")


def answered(me: Reader, text: str) -> list[str]:
    """The addresses in the list, from the site's root, once it has settled for a text."""
    me.page.wait_for_function(
        "text => document.querySelector('.md-search-result__meta').dataset.answers === text", arg=text
    )
    found: list[str] = links(me.page).evaluate_all("all => all.map(each => each.href)")
    return [each.removeprefix(me.address) for each in found]


def typed(me: Reader, text: str, at: str = "register/") -> list[str]:
    """The same for what is typed on a page."""
    me.open(at)
    box(me.page).focus()
    me.page.keyboard.insert_text(text)
    return answered(me, text)


def data(file: Path) -> dict[str, Any]:
    text = file.read_text("utf-8")
    found: dict[str, Any] = json.loads(text[text.index("(") + 1 : text.rindex(")")])
    return found


@pytest.mark.parametrize("sort", ["title", "alias", "code", "question"])
def test_what_is_typed_word_for_word_is_among_the_first_three(
    sort: str, reader: Callable[..., Reader], site: Path
) -> None:
    core = data(site / "search/core.js")
    number, doc = next((n, doc) for n, doc in enumerate(core["docs"]) if doc["location"] == BOOKING)
    texts = data(site / f"search/texts/{number // core['texts']}.js")["data"][number % core["texts"]]
    names = {"title": doc["title"], "alias": doc["aliases"][0], "code": doc["code"], "question": texts[1][0]}
    me = reader(PHONE)
    assert BOOKING in typed(me, names[sort])[:3]
    assert not me.faults


@pytest.mark.parametrize(
    "text",
    [
        "chabudaoyuding",
        "cha bu dao ke ren de yu ding",
        "cbdkrdyd",
        "茶不到客人的预定",
        "booking cannot be found",
        "查不到客人的预订怎么办？",
        "客人訂單查無預訂",
        "查不到ＶＩＰ客人的预订",
        "查不到顾客的预订",
    ],
    ids=[
        "pinyin",
        "syllables",
        "initials",
        "homophones",
        "english",
        "question",
        "traditional",
        "full width, latin beside han",
        "another word for guest",
    ],
)
def test_what_comes_to_mind_is_understood(text: str, reader: Callable[..., Reader]) -> None:
    me = reader(PHONE)
    assert any("booking-not-found" in each for each in typed(me, text)[:3])
    assert not me.faults


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("wuzhangai", "bank/references/accessibility-law/"),
        ("tuiqian", "common/terms/refund-word/"),
        ("4小时 回电", "common/metrics/callbacks-within-four-hours/"),
    ],
    ids=["syllables that can be cut in two ways", "a word that nothing is called, by its sound", "a number"],
)
def test_what_is_typed_is_read_in_each_way_there_is(
    text: str, found: str, reader: Callable[..., Reader]
) -> None:
    """zhang-ai is as many syllables as zhan-gai; 4 小时 is not 4 天."""
    me = reader(PHONE)
    assert found in typed(me, text)[:3]
    assert not me.faults


def test_a_question_word_inside_a_term_stays(reader: Callable[..., Reader]) -> None:
    """迷你吧 keeps its 吧."""
    me = reader(DESKTOP)
    found = typed(me, "迷你吧")
    assert found
    assert me.page.locator(".md-search-result__item mark", has_text="迷你吧").count()


def test_a_word_that_only_the_body_holds_is_found(reader: Callable[..., Reader]) -> None:
    """The place is shown, marked, and can be gone to."""
    me = reader(DESKTOP)
    assert BOOKING in typed(me, "逐个字母核对护照")
    result = me.page.locator(f".md-search-result__item:has(> a[href$='{BOOKING}'])")
    assert result.locator("mark", has_text="护照").count()
    result.locator("summary").click()
    result.locator("details a").first.click()
    me.page.wait_for_url(f"**/{BOOKING}#search")


def test_kind_role_version_and_first_line_stand_in_the_result(reader: Callable[..., Reader]) -> None:
    me = reader(PHONE)
    typed(me, "查不到预订怎么说")
    result = me.page.locator(f".md-search-result__item > a[href$='{WORDS}']")
    about = result.locator(".hb-result__about").inner_text()
    assert about.startswith("话术 · 酒店 · 前台接待")
    assert about.split(" · ")[-1].replace(".", "").isdigit()
    assert "“" not in result.locator(".hb-result__lead").inner_text()
    assert len(result.locator(".hb-result__lead").inner_text()) > 5
    assert result.locator("h1 mark").count()


def test_english_results_list_as_english_does(reader: Callable[..., Reader]) -> None:
    me = reader(PHONE)
    typed(me, "lost and found", "en/register/")
    result = links(me.page).first
    assert ", " in result.locator(".hb-result__about").inner_text()
    assert "、" not in result.locator(".hb-result__about").inner_text()
    assert result.locator(".hb-result__lead").inner_text().endswith("…"), "it is cut short and says so"
    assert not me.faults


def test_an_emergency_comes_first_with_its_number_and_first_step(reader: Callable[..., Reader]) -> None:
    me = reader(PHONE, "hotel/receptionist", "hotel/lakeside")
    assert typed(me, "客人晕倒")[0] == "hotel/procedures/guest-collapse/"
    assert links(me.page).first.locator(".hb-result__lead").inner_text().startswith("120 · 1. ")


@pytest.mark.parametrize(
    ("role", "place"),
    [("hotel/receptionist", "hotel/lakeside"), ("bank/lobby-manager", "bank/lakeside-branch")],
)
def test_what_is_mine_comes_first(role: str, place: str, reader: Callable[..., Reader]) -> None:
    me = reader(DESKTOP, role, place)
    assert typed(me, "排队等太久")[0].split("/")[0] == role.split("/")[0]


def test_chips_narrow_the_list(reader: Callable[..., Reader]) -> None:
    me = reader(PHONE)
    before = typed(me, "预订")
    chip = me.page.locator(".hb-narrow[data-by=kind]", has_text="话术")
    chip.click()
    me.page.wait_for_selector(".hb-narrow[data-by=kind][aria-pressed=true]")
    after = answered(me, "预订")
    assert after
    assert all("/scripts/" in each for each in after)
    assert any("/scripts/" not in each for each in before)
    me.page.locator(".hb-narrow[aria-pressed=true]").click()
    me.page.wait_for_selector(".hb-narrow[aria-pressed=true]", state="detached")
    assert answered(me, "预订") == before
    assert not me.faults


def test_keys_alone(reader: Callable[..., Reader]) -> None:
    """`/` opens, Tab leads to the chips, space presses one, arrows lead to the results, Enter goes there."""
    me = reader(DESKTOP)
    me.open("register/")
    me.page.keyboard.press("/")
    me.page.keyboard.insert_text("预订")
    answered(me, "预订")
    me.page.keyboard.press("Tab")
    assert me.page.evaluate("document.activeElement.matches('.hb-narrow')")
    me.page.keyboard.press("Space")
    me.page.wait_for_selector(".hb-narrow[aria-pressed=true]")
    assert me.page.evaluate("document.activeElement.name") == "query"
    me.page.keyboard.press("ArrowDown")
    assert me.page.evaluate("document.activeElement.matches('.md-search-result__link')")
    me.page.keyboard.press("Escape")
    assert not me.page.locator("#__search").is_checked()
    me.page.keyboard.press("/")
    me.page.keyboard.press("Enter")
    me.page.wait_for_url(lambda url: "register/" not in url)
    assert not me.faults


def test_the_query_stands_in_the_address_and_comes_back(reader: Callable[..., Reader]) -> None:
    me = reader(PHONE)
    me.open(f"register/?q={'预订'}")
    first = answered(me, "预订")
    assert box(me.page).input_value() == "预订"
    box(me.page).fill("找不到预订")
    found = answered(me, "找不到预订")
    assert found != first
    links(me.page).first.click()
    me.page.wait_for_url(f"**/{found[0]}**")
    me.page.go_back()
    assert answered(me, "找不到预订") == found
    assert me.page.locator("#__search").is_checked()
    me.page.locator("label[for=__search].md-search__icon").click()
    me.page.wait_for_function("() => !location.search")
    assert not me.faults


def test_the_query_stands_in_the_address_before_a_page_is_left(reader: Callable[..., Reader]) -> None:
    """However soon after the last key: the next page may be there before any timer rings."""
    me = reader(PHONE)
    me.open(f"register/?q={'预订'}")
    answered(me, "预订")
    box(me.page).fill("找不到预订")
    answered(me, "找不到预订")
    address = links(me.page).first.evaluate(
        """async link => {
          link.addEventListener("click", event => event.preventDefault());
          link.click();
          await null;
          return decodeURIComponent(location.search);
        }"""
    )
    assert address == "?q=找不到预订"
    assert not me.faults


def test_nothing_found_offers_what_is_near_and_the_report(reader: Callable[..., Reader]) -> None:
    me = reader(PHONE)
    assert typed(me, "订魑魅魍魉") == []
    near = me.page.locator("[data-search-near] button")
    assert near.count()
    assert me.page.locator(".hb-search-lost a").is_visible()
    name = near.first.inner_text()
    near.first.click()
    assert answered(me, name)
    assert not me.faults


# How it gets into the box ----------------------------------------------------------------------------------


def test_input_method(reader: Callable[..., Reader]) -> None:
    """Nothing is looked for while characters are being chosen, and Enter that ends it goes nowhere."""
    me = reader(DESKTOP)
    me.open("register/")
    box(me.page).focus()
    session = me.page.context.new_cdp_session(me.page)
    session.send("Input.imeSetComposition", {"text": "yu ding", "selectionStart": 7, "selectionEnd": 7})
    me.page.wait_for_timeout(300)
    assert links(me.page).count() == 0
    session.send("Input.insertText", {"text": "预订"})
    assert answered(me, "预订")
    assert me.page.url.split("?")[0].endswith("register/")


def test_voice_and_paste(reader: Callable[..., Reader]) -> None:
    """Neither presses a key."""
    me = reader(PHONE)
    me.open("register/")
    box(me.page).fill("找不到预订")
    assert answered(me, "找不到预订")
    box(me.page).evaluate("box => box.select()")
    box(me.page).evaluate(
        """box => {
          const clipboard = new DataTransfer();
          clipboard.setData('text/plain', '早餐');
          box.dispatchEvent(new ClipboardEvent('paste', { clipboardData: clipboard, bubbles: true }));
          document.execCommand('insertText', false, '早餐');
        }"""
    )
    assert answered(me, "早餐")


def test_each_edition_finds_its_own(reader: Callable[..., Reader]) -> None:
    me = reader(DESKTOP)
    found = typed(me, "booking not found", at="en/register/")
    assert f"en/{BOOKING}" in found[:3]
    assert all(each.startswith("en/") for each in found)
    assert links(me.page).first.locator("h1").inner_text().isascii()


def test_without_a_server(browser: Browser, site: Path) -> None:
    """The folder from a memory stick: no worker, nothing can be fetched, no folder has a page of its own."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    me = Reader(context.new_page(), f"file://{site}/")
    found = typed(me, "查不到客人的预订", at="register/index.html")
    assert f"{BOOKING}index.html" in found[:3]
    links(me.page).first.click()
    me.page.wait_for_url(f"**/{found[0]}**")
    me.page.locator(".hb-path a").first.click()
    me.page.wait_for_url("**/index.html")
    assert me.page.locator("[data-home], h1").count()
    assert not me.faults
    context.close()


@pytest.fixture
def copy(site: Path, tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A part of the site that may be spoilt, and where it is served."""
    for name in ("assets", "search", "register"):
        shutil.copytree(site / name, tmp_path / name)
    with serving(tmp_path) as address:
        yield tmp_path, address


def test_an_old_page_after_a_deployment(copy: tuple[Path, str], browser: Browser) -> None:
    """The files it asks for belong to another core now: it reads that one and answers by it."""
    folder, address = copy
    context = browser.new_context()
    me = Reader(context.new_page(), address)
    typed(me, "早餐")
    for file in (folder / "search").rglob("*.js"):
        if file.name != "search_index.js":
            text = file.read_text("utf-8").replace(data(file)["mark"], "later")
            file.write_text(text.replace('"查不到客人的预订"', '"查不到客人的预订（新）"'), "utf-8")
    box(me.page).clear()
    box(me.page).press_sequentially("查不到客人的预订")
    assert BOOKING in answered(me, "查不到客人的预订")[:3]
    assert "（新）" in me.page.locator(f"a[href$='{BOOKING}'] h1").inner_text()
    assert not me.faults
    context.close()


# What goes wrong -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        " ",
        "。？！",
        "预" * 10_000,
        "booking " * 1_250,
        "😀🏨👩‍👩‍👧",
        "(.*)+[预订|^$\\",
        "<img src=x onerror=alert(1)>预订",
        "</script><script>alert(1)</script>",
        "constructor __proto__ hasOwnProperty toString",
        "'; DROP TABLE records; --",
        "客人说我们换的不是原厂件怎么办",
    ],
)
def test_no_text_does_harm(text: str, reader: Callable[..., Reader]) -> None:
    me = reader(DESKTOP)
    typed(me, text)
    assert me.page.locator(".md-search-result img, .md-search-result script").count() == 0
    box(me.page).fill("找不到预订")
    assert answered(me, "找不到预订")
    assert not me.faults


def refuse(route: Route) -> None:
    route.abort()


def cut_short(route: Route) -> None:
    """Only the first half of it arrives."""
    body = route.fetch().body()
    route.fulfill(body=body[: len(body) // 2], content_type="text/javascript")


def answer_otherwise(route: Route) -> None:
    """A page of somebody else's network in its place."""
    route.fulfill(body="<html>Please log in</html>", content_type="text/html")


@pytest.mark.parametrize("fail", [refuse, cut_short, answer_otherwise])
def test_without_the_core_it_says_so_and_tries_again(
    fail: Callable[[Route], None], reader: Callable[..., Reader]
) -> None:
    me = reader(PHONE)
    me.page.context.route("**/search/core.js", fail)
    assert typed(me, "找不到预订") == []
    assert "现在搜索不了" in me.page.locator(".md-search-result__meta").inner_text()
    me.page.context.unroute("**/search/core.js")
    box(me.page).fill("找不到订单")
    assert answered(me, "找不到订单")
    assert not [fault for fault in me.faults if "Failed to load" not in fault]


@pytest.mark.parametrize("part", ["words", "texts"])
@pytest.mark.parametrize("fail", [refuse, cut_short, answer_otherwise])
def test_without_a_part_names_are_found_all_the_same(
    fail: Callable[[Route], None], part: str, reader: Callable[..., Reader]
) -> None:
    me = reader(PHONE)
    me.page.context.route(f"**/search/{part}/*.js", fail)
    assert typed(me, "查不到客人的预订")[0] == BOOKING
    told = me.page.locator(".md-search-result__meta").inner_text()
    assert ("只按名称找" in told) == (part == "words")
    assert not [fault for fault in me.faults if "Failed to load" not in fault]


@pytest.mark.parametrize(
    "missing",
    ["delete window.Worker", "window.Worker = function () { throw new Error('not allowed') }"],
    ids=["no workers", "workers forbidden"],
)
def test_without_workers(missing: str, reader: Callable[..., Reader]) -> None:
    me = reader(PHONE)
    me.page.add_init_script(missing)
    assert BOOKING in typed(me, "查不到客人的预订")[:3]
    assert not me.faults


def test_without_knowledge_of_words(copy: tuple[Path, str], browser: Browser) -> None:
    """A browser without Intl.Segmenter finds less surely, but finds."""
    folder, address = copy
    worker = folder / "assets/search-worker.js"
    worker.write_text("delete Intl.Segmenter;\n" + worker.read_text("utf-8"), "utf-8")
    context = browser.new_context()
    me = Reader(context.new_page(), address)
    assert BOOKING in typed(me, "客人的预订查不到怎么办")[:3]
    assert not me.faults
    context.close()


@pytest.mark.parametrize("fail", [refuse, answer_otherwise])
def test_without_what_material_itself_asks_for(
    fail: Callable[[Route], None], reader: Callable[..., Reader]
) -> None:
    """It complains in the console, but the search does not need it."""
    me = reader(PHONE)
    me.page.context.route("**/search/search_index.json", fail)
    assert BOOKING in typed(me, "查不到客人的预订")[:3]


def test_the_worker_cuts_texts_as_the_index_does(reader: Callable[..., Reader], site: Path) -> None:
    """Tokens, and the files that hold them."""
    core = data(site / "search/core.js")
    texts = [doc["title"] for doc in core["docs"]] + [
        *"客",
        "ＧＢ/T 19012",
        "97.5%以内",
        "3 声内、72小时",
        "checks booking",
        "ⅣX㎡",
    ]
    me = reader(DESKTOP)
    me.open("register/")
    found = me.page.evaluate(
        """async ([address, core, texts]) => {
          window.handbookSearchHere = { address, listen: () => {} };
          const script = document.createElement('script');
          script.src = address;
          await new Promise(loaded => { script.onload = loaded; document.head.append(script); });
          const engine = window.handbookSearchHere.engine;
          engine.setUp(core);
          const folded = text => text.normalize('NFKC').toLowerCase().trim();
          return texts.map(text => engine.tokens(folded(text)).map(token => [token, engine.fileOf(token)]));
        }""",
        [f"{me.address}assets/search-worker.js", core, texts],
    )
    wanted = [
        [[token, f"words/{place(token, core['words'])}.js"] for token in tokens(text)] for text in texts
    ]
    assert found == wanted
