"""A hook for MkDocs: writes the CPU seconds that the search plugin takes of a build beside mkdocs.yml.

The difference of two builds would drown in what else the machine does.
"""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from time import process_time
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

_spent: list[float] = []


def on_config(config: MkDocsConfig) -> None:
    """Put a clock around each step of the plugin."""
    for calls in config.plugins.events.values():
        calls[:] = [_timed(call) if _of_search(call) else call for call in calls]


def on_post_build(config: MkDocsConfig) -> None:
    """Write the sum; hooks come after plugins, so the index is written by now."""
    Path(config.config_file_path).with_name("search-seconds").write_text(str(sum(_spent)), "utf-8")


def _of_search(call: Any) -> bool:
    return type(getattr(call, "__self__", None)).__name__ == "SearchPlugin"


def _timed(call: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(call)
    def timed(*args: Any, **kwargs: Any) -> Any:
        started = process_time()
        try:
            return call(*args, **kwargs)
        finally:
            _spent.append(process_time() - started)

    return timed
