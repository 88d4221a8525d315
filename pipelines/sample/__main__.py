"""The sample site in the foreground, for a look: `python -m pipelines.sample [port] [--later]`, Ctrl-C ends it."""

from __future__ import annotations

import sys
import threading

from pipelines.errors import CommuniquesError, UsageError
from pipelines.sample import serve_sample
from pipelines.sample.outlets import read_outlets


def show_sample(arguments: list[str]) -> None:
    """Serve until interrupted; browsers find the outlets under `.localhost`."""
    ports = [argument for argument in arguments if argument != "--later"]
    if len(ports) > 1 or not all(port.isdecimal() for port in ports):
        raise UsageError("usage: python -m pipelines.sample [port] [--later]")
    with serve_sample(later="--later" in arguments, port=int(ports[0]) if ports else 0) as site:
        for outlet in read_outlets():
            print(f"http://{outlet.host}.localhost:{site.port}/  {outlet.name}")
        threading.Event().wait()


if __name__ == "__main__":
    try:
        show_sample(sys.argv[1:])
    except KeyboardInterrupt:
        pass
    except CommuniquesError as error:
        print(error, file=sys.stderr)
        sys.exit(error.exit_status)
