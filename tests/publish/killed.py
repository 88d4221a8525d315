"""A build in a process of its own, to be killed: `python -m tests.publish.killed DATA SIZE`."""

import sys
from pathlib import Path

import datasketch  # noqa: F401 # loaded before the clock starts, so that kills fall into the build
import pyarrow.parquet  # noqa: F401 # likewise

from tests.publish.steps import publish_items
from tests.validate.worlds import make_item

if __name__ == "__main__":
    data, size = Path(sys.argv[1]), int(sys.argv[2])
    items = [make_item(number) for number in range(size)]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    publish_items(items, data)
