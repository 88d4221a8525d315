"""Write expectations/README.md anew: `python -m tests.schema.write_dictionary`."""

from pathlib import Path

from pipelines.schema.dictionary import render_dictionary
from pipelines.validate.dictionary import render_expectations

if __name__ == "__main__":
    target = Path(__file__).parents[2] / "expectations" / "README.md"
    target.write_text(render_expectations() + "\n" + render_dictionary(), encoding="utf-8")
