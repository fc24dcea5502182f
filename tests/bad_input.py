"""The vocabulary of these tests: a tiny sound handbook, a way to write files, a way to run a command."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.cli import main

AS_OF = "2026-06-01"

ENVELOPE = """\
status: draft
version: 1.0
effective: 2026-01-01
review_by: 2027-01-01
owner: manager
"""
SOUND = {
    "handbook.yml": """\
organisation: 湖畔酒店
brand: 湖畔酒店
philosophy: 让每位客人都有人负责。
languages: [zh]
report_to: mailto:standards@example.com
ask_first: hotel/manager
publications:
  staff:
    title: 服务手册
    visibility: internal
    languages: [zh]
    private_hosting: 示范内容
publish: staff
units:
  rings: { zh: 声, en: rings }
""",
    "hotel/pack.yml": """\
title: 酒店
summary: 酒店的服务标准。
order: 1
owner: manager
visibility: internal
""",
    "bank/pack.yml": """\
title: 银行
summary: 银行的服务标准。
order: 2
owner: hotel/manager
visibility: internal
""",
    "hotel/roles/manager.yml": f"""\
title: 值班经理
summary: 当班时替总经理做主的岗位。
{ENVELOPE}duties:
  - id: decide
    text: 当班时作决定。
""",
    "hotel/terms/greeting.yml": f"""\
title: 问候
summary: 见到客人时的第一句话。
{ENVELOPE}english: greeting
definition: 见到客人时说的第一句话，另见 [[manager]]。
""",
    "bank/terms/queue.yml": f"""\
title: 排队
summary: 客人按先后等候办理。
{ENVELOPE.replace("manager", "hotel/manager")}english: queue
definition: 客人按先后等候办理。
""",
}


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files, paths relative to standards/, below `root`."""
    for name, content in files.items():
        path = root / "standards" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def handbook(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Run a command; its exit code and what it wrote to standard output and to standard error."""
    capsys.readouterr()
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    out, err = capsys.readouterr()
    code = stop.value.code
    assert isinstance(code, int)
    return code, out, err
