"""What one saved change costs in the preview: python -m benchmarks.edits FOLDER [EDITS]

Prints the median CPU of an edit in seconds and the peak memory in MB. An edit changes the sentence that says
what a record is for, in records drawn from all kinds.
"""

import random
import re
import resource
import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from generator.preview import Preview

_SUMMARY = re.compile(r"^summary: (.*)$", re.MULTILINE)


def main(folder: Path, edits: int) -> None:
    """Measure in `folder`, a handbook that may be changed."""
    dice, costs = random.Random(1), []
    files = [path for path in sorted(folder.glob("standards/*/*/*.yml")) if _SUMMARY.search(_text(path))]
    with tempfile.TemporaryDirectory() as site:
        preview = Preview(folder, Path(site))
        preview.update(date.today())
        for path in dice.sample(files, edits):
            path.write_text(_SUMMARY.sub(r"summary: \1（修改）", _text(path), count=1), "utf-8")
            started = time.process_time()
            if preview.update(date.today()).failed:
                sys.exit(f"an edit of {path} left errors")
            costs.append(time.process_time() - started)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(statistics.median(costs), memory)


def _text(path: Path) -> str:
    return path.read_text("utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20)
