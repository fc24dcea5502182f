"""The preview: after each saved change, only what would come out otherwise is read and made again."""

import gc
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

from generator.build import BEHIND, write
from generator.clock import clock
from generator.examine import Checked, examine, no_collecting
from generator.memory import Memory
from generator.problems import HandbookError
from generator.shell import Shell
from generator.site import Order, make_site

SURROUNDINGS = ("templates", "site_overrides/theme", "mkdocs.yml")
"""What every page comes through; a change there makes all of them anew."""
UPDATES = 10
"""After so many updates, memory is tidied; it takes longer than an edit."""


class Preview:
    """A site that follows the handbook at `root`; always what a new build would be, or the last good one."""

    def __init__(self, root: Path, folder: Path, address: str = "", order: Order | None = None) -> None:
        self.root = root
        self.folder = folder
        self.address = address
        self.order = order or Order()
        self._checked: Checked | None = None
        self._files: set[str] = set()
        self._surroundings: object = None
        self._memory = Memory()
        self._shell = Shell()
        self._updates = 0

    def update(self, today: date) -> Checked:
        """Follow what has been saved; where there are errors, the site stays as it is."""
        self._updates += 1
        if self._updates % UPDATES == 0:
            # What earlier readings left behind, which nobody looked for meanwhile.
            gc.unfreeze()
            gc.collect()
        with no_collecting():
            return self._updated(today)

    def _updated(self, today: date) -> Checked:
        self._checked = examine(self.root, today, self._checked)
        if not self._checked.failed:
            try:
                self._write(self._checked)
            except BaseException:
                self._forget()
                raise
        return self._checked

    def _write(self, checked: Checked) -> None:
        around = _stamps(self.root)
        if around != self._surroundings:
            self._forget()
        made = make_site(self.root, checked, self.order, self._memory)
        files = write(self.root, self.folder, made, shell=self._shell, address=self.address)
        for gone in self._files - files:
            _remove(self.folder, gone)
        self._files, self._surroundings = files, around

    def _forget(self) -> None:
        self._memory, self._shell, self._surroundings = Memory(), Shell(), None


def _stamps(root: Path) -> object:
    """What tells that a file has been saved."""
    tops = [root / name for name in SURROUNDINGS]
    files = [file for top in tops for file in (top.rglob("*") if top.is_dir() else [top])]
    # An editor's own file may be gone again.
    stats = [(str(file), file.stat()) for file in files if file.is_file()]
    return sorted((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats)


def _remove(folder: Path, file: str) -> None:
    """Remove a file and the folders that are empty without it."""
    path = folder / file
    path.unlink(missing_ok=True)
    while (path := path.parent) != folder and not any(path.iterdir()):
        path.rmdir()


def serve(
    root: Path,
    address: str,
    tell: Callable[[Checked | HandbookError], None],
    sorry: str,
    order: Order | None = None,
) -> None:
    """Show the handbook at `root` under `address`, as 127.0.0.1:8000, until interrupted.

    `tell` gets what each reading brought; `sorry` stands where there is nothing good to show yet.
    """
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal():
        raise HandbookError("an address is written as 127.0.0.1:8000: got '{address}'", address=address)
    with tempfile.TemporaryDirectory(prefix="handbook-") as name:
        preview = Preview(root, Path(name), f"http://{address}/", order)

        def follow() -> None:
            try:
                tell(preview.update(clock()))
            except HandbookError as error:
                tell(error)

        # A mistake of the operator ends it here; later ones are told, and mended while it runs.
        tell(preview.update(clock()))
        server = LiveReloadServer(builder=follow, host=host, port=int(port), root=name)
        server.error_handler = lambda _: sorry.encode()
        for path in BEHIND:
            server.watch(str(root / path))
        _listen(server, address)


def _listen(server: LiveReloadServer, address: str) -> None:
    try:
        server.serve()  # type: ignore[no-untyped-call]
    except OSError as error:
        raise HandbookError("cannot listen at {address}: {reason}", address=address, reason=error) from error
    except KeyboardInterrupt:
        server.shutdown()
