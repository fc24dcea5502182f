"""Parts of a site, built apart and joined again, are the site."""

from datetime import date
from pathlib import Path

import pytest

from generator.build import build, build_all, merge
from generator.problems import HandbookError
from generator.shards import WHOLE, Shard, join, mark_shard, shard_of
from generator.site import Order
from tests.test_build import DAY, snapshot


def part(root: Path, number: int, of: int, today: date = DAY) -> Path:
    folder = root / f"part-{number}"
    build_all(root, {folder: Order()}, today, shard=Shard(number, of))
    return folder


@pytest.mark.parametrize("of", [1, 2, 3, 7])
def test_every_page_is_in_one_part(of: int) -> None:
    parts = [Shard(number, of) for number in range(1, of + 1)]
    assert [sum(part.holds(page) for part in parts) for page in range(20)] == [1] * 20
    assert [part for part in parts if part.first] == parts[:1]


@pytest.mark.parametrize("shard", [WHOLE, Shard(2, 3)])
def test_a_divided_part_holds_the_same_pages(shard: Shard) -> None:
    divided = shard.divided(4)
    for page in range(50):
        assert sum(each.holds(page) for each in divided) == shard.holds(page)


@pytest.mark.parametrize("text", ["", "1", "0/2", "3/2", "1/0", "a/b", "1/2/3", "-1/2", "１/2x"])
def test_what_is_no_shard(text: str) -> None:
    with pytest.raises(HandbookError, match="2/3"):
        shard_of(text)


def test_a_shard_as_written() -> None:
    assert shard_of("2/3") == Shard(2, 3)


def test_the_parts_are_the_site_byte_for_byte(small: Path) -> None:
    build(small, small / "whole", DAY)
    parts = [part(small, number, 3) for number in (3, 1, 2)]
    pages = merge(parts, small / "joined")
    assert snapshot(small / "joined") == snapshot(small / "whole")
    assert pages == len(list((small / "whole").rglob("index.html")))
    files = [set(snapshot(each)) - {"shard.json"} for each in parts]
    assert sum(map(len, files)) == len(set().union(*files))


def test_several_processes_write_the_same(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.build.FEWEST_PAGES", 1)
    build(small, small / "one", DAY)
    build_all(small, {small / "three": Order()}, DAY, processes=3)
    assert snapshot(small / "one") == snapshot(small / "three")


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("standards/shop/terms/ring.yml", "# 铃\n"),
        (
            "standards/shop/data/measurements-2027.csv",
            "metric,location,period,numerator,denominator,value,note\n",
        ),
        ("standards/shop/figures/bell.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("templates/term.md.j2", "{# 铃 #}\n"),
        ("site_overrides/theme/assets/handbook.css", "/* 铃 */\n"),
    ],
)
def test_parts_of_another_content_are_refused(small: Path, file: str, text: str) -> None:
    first = part(small, 1, 2)
    (small / file).parent.mkdir(exist_ok=True)
    with (small / file).open("a", encoding="utf-8") as opened:
        opened.write(text)
    second = part(small, 2, 2)
    with pytest.raises(HandbookError, match="not of one site"):
        merge([first, second], small / "joined")
    assert not (small / "joined").exists()


@pytest.fixture
def parts(tmp_path: Path) -> list[Path]:
    """Three parts that hold nothing but their mark."""
    folders = [tmp_path / str(number) for number in (1, 2, 3)]
    for number, folder in enumerate(folders, 1):
        folder.mkdir()
        mark_shard(folder, Shard(number, 3), "site")
    return folders


def test_a_missing_part_is_named(parts: list[Path], tmp_path: Path) -> None:
    with pytest.raises(HandbookError, match=r"shards are missing: 2 of 3"):
        join([parts[0], parts[2]], tmp_path)


def test_a_part_given_twice_is_told(parts: list[Path], tmp_path: Path) -> None:
    with pytest.raises(HandbookError, match="4 folders for 3 shards"):
        join([*parts, parts[0]], tmp_path)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"shard": "x", "of": 1, "site": ""}'])
def test_a_folder_without_a_sound_mark_is_told(parts: list[Path], tmp_path: Path, text: str) -> None:
    (parts[1] / "shard.json").write_text(text)
    with pytest.raises(HandbookError, match="holds no shard of a site"):
        join(parts, tmp_path)
