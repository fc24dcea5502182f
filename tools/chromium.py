"""Finds a Chromium that runs, or gets one, and prints its path: python tools/chromium.py [install]

In this order: the one named in HANDBOOK_CHROMIUM, one on PATH, one downloaded by Playwright. `install`
takes what is there, else Debian's packages (as root), else Playwright's download; it adds a Chinese font
where there is none. Standard library only: CI runs it before anything is installed.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

MISSING = (
    "no Chromium runs here: install Debian's packages chromium and fonts-noto-cjk, "
    "or run '.venv/bin/playwright install chromium', or name a browser in HANDBOOK_CHROMIUM"
)
NAMES = ("chromium", "chromium-browser", "google-chrome")
DOWNLOADS = {"darwin": "~/Library/Caches", "win32": "~/AppData/Local"}
PROGRAMS = ("chrome-linux*/chrome", "chrome-mac*/*.app/Contents/MacOS/*", "chrome-win*/chrome.exe")


class ChromiumMissing(Exception):
    """No Chromium runs here; the text says what to install."""


def find() -> str:
    """The path of a Chromium that runs."""
    named = os.environ.get("HANDBOOK_CHROMIUM")
    if named and not _runs(named):
        raise ChromiumMissing(f"HANDBOOK_CHROMIUM names {named!r}, which does not run")
    for path in [named] if named else _candidates():
        if _runs(path):
            return path
    raise ChromiumMissing(MISSING)


def install() -> str:
    """The path of a Chromium that runs, got from somewhere if need be."""
    if not _has_chinese_font():
        _apt_install("fonts-noto-cjk")
    try:
        return find()
    except ChromiumMissing:
        if os.environ.get("HANDBOOK_CHROMIUM"):
            raise
    if not _apt_install("chromium"):
        _say("downloading Chromium with Playwright")
        _succeeds(sys.executable, "-m", "playwright", "install", "chromium", seconds=900)
    return find()


def _candidates() -> Iterator[str]:
    yield from filter(None, map(shutil.which, NAMES))
    default = Path(DOWNLOADS.get(sys.platform, "~/.cache"), "ms-playwright").expanduser()
    folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or default)
    for browser in sorted(folder.glob("chromium-*"), reverse=True):
        for pattern in PROGRAMS:
            yield from map(str, browser.glob(pattern))


def _has_chinese_font() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    try:
        listed = subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return bool(listed.stdout.strip())


def _apt_install(package: str) -> bool:
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    _say(f"installing {package} with apt-get")
    apt = ("apt-get", "-o", "DPkg::Lock::Timeout=300")
    _succeeds(*apt, "update", seconds=300)
    return _succeeds(*apt, "install", "-y", "--no-install-recommends", package, seconds=900)


def _runs(program: str) -> bool:
    return _succeeds(program, "--version", seconds=60)


def _succeeds(*command: str, seconds: int) -> bool:
    """Whether `command` ends well in time; what it prints is not shown."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["install"]):
        _say("usage: python tools/chromium.py [install]")
        return 2
    try:
        print(install() if arguments else find())
    except ChromiumMissing as missing:
        _say(str(missing))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
