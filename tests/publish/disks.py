"""What a disk does to a release, in a mount of its own: `python -m tests.publish.disks full|readonly FOLDER`.

Started below `unshare --mount`, so that the mount ends with the process.
"""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from pipelines.errors import DataFolderError
from pipelines.publish import find_current, verify_release
from tests.merge.factories import NOW
from tests.publish.steps import publish_items
from tests.validate.worlds import make_item

LATER = NOW + timedelta(days=1)


def fill(path: Path) -> None:
    """Write until there is no room."""
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            return


def main(what: str, data: Path) -> None:
    """Publish, take the room or the right to write away, publish, give it back, publish."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "none", data], check=True)
    small, large = ([make_item(number) for number in range(size)] for size in (5, 40))
    first = publish_items(small, data)
    if what == "full":
        fill(data / "filler")
    else:
        subprocess.run(["mount", "-o", "remount,ro", data], check=True)
    try:
        publish_items(large, data, now=LATER)
    except (DataFolderError, OSError) as error:
        sys.stdout.write(f"{error}\n")
    assert find_current(data).name == first.id
    assert verify_release(first.path) == []
    subprocess.run(["mount", "-o", "remount,rw,size=64m", data], check=True)
    assert verify_release(publish_items(large, data, now=LATER).path) == []


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
