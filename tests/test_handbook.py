"""The linked graph answers what pages ask."""

from collections.abc import Callable, Mapping
from pathlib import Path

from generator.handbook import Handbook
from generator.kinds.role import Role
from generator.values import resolve
from generator.view import RoleView
from tests.vocabulary import read

Make = Callable[[Mapping[str, object]], Handbook]

LADDER = {
    "shop/roles/clerk.yml": """
authority:
  - { id: less, remedy: discount, limit: <= 50 yuan, per: case, recorded_on: log, above: manager }
""",
    "shop/roles/manager.yml": """
authority:
  - { id: less, remedy: discount, limit: <= 500 yuan, per: case, recorded_on: log }
""",
}


def test_a_bare_id_means_the_same_pack() -> None:
    assert resolve("check-in", "hotel") == "hotel/check-in"
    assert resolve("common/phone", "hotel") == "common/phone"
    assert resolve("Check In", "hotel") is None


def test_what_is_large_is_named_in_short(tmp_path: Path) -> None:
    """A failing test, or a debugger, shows its values: all that hangs on a handbook would take hours."""
    loaded, handbook = read(tmp_path, {})
    assert handbook
    clerk = handbook["shop/clerk"]
    assert f"{clerk!r}" == "<role 名称 1.0>"
    assert f"{clerk.source!r}" == "<Source standards/shop/roles/clerk.yml>"
    assert f"{handbook!r}" == f"<Handbook of {len(handbook.revisions)} records, 2026-06-01>"
    assert f"{loaded!r}".endswith(f": {len(loaded.records)} records, 0 problems>")


def test_deciders_come_before_those_above_them(book: Make) -> None:
    deciders = book(LADDER).deciders("discount")
    assert [decision.role.id for decision in deciders] == ["shop/clerk", "shop/manager"]


def test_backlinks_name_each_user_once(book: Make) -> None:
    handbook = book({})
    users = handbook.users(handbook["shop/manager"])
    assert [user.id for user in users] == sorted({user.id for user in users})
    assert "shop/clerk" in [user.id for user in users]


def test_prose_links_are_references(book: Make) -> None:
    handbook = book({"shop/terms/queue.yml": "english: queue\ndefinition: 见 [[clerk]]。\n"})
    found = [link.ref for link in handbook.links_of(handbook["shop/queue"])]
    assert "shop/clerk" in found


def test_drafts_are_not_published(book: Make) -> None:
    handbook = book({"shop/terms/queue.yml": "status: draft\nenglish: queue\ndefinition: 排队。\n"})
    assert "shop/queue" in handbook.records
    assert "shop/queue" not in [record.id for record in handbook.published]


def test_a_role_view_holds_what_names_the_role(book: Make) -> None:
    handbook = book({})
    clerk = handbook["shop/clerk"]
    assert isinstance(clerk, Role)
    view = RoleView(handbook, clerk)
    for record in (*view.standards, *view.procedures, *view.scripts):
        assert "shop/clerk" in [role.id for role in handbook.roles_of(record)]
