"""`communiques parse`: what it takes, what it gives, and in which order."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

TEXT = (
    "Le 12 mars 2025, les Forces armées maliennes ont neutralisé une dizaine de terroristes à Niono, "
    "dans la région de Ségou, selon un communiqué de l'État-major général des armées."
)
GOLD_KEYS = {
    "date_start", "date_end", "date_precision", "date_wording", "sub_event_type", "initiator", "target", "others",
    "country", "admin1", "place", "place_wording", "where", "lat", "lon", "tolls", "materiel", "claimant", "evidence",
    "location", "event_clarity", "confidence", "flags",
}  # fmt: skip


def write(path: Path, *records: object, indent: int | None = None) -> Path:
    path.write_text("\n".join(json.dumps(r, ensure_ascii=False, indent=indent) for r in records), encoding="utf-8")
    return path


def test_a_text_file_with_its_day_and_country(communiques, tmp_path):
    (tmp_path / "communique.txt").write_text(TEXT, encoding="utf-8")
    answer = communiques("parse", "communique.txt", "--published", "2025-03-13", "--country", "ML")
    assert answer.status == 0
    (line,) = answer.lines
    assert set(line) == {"id", "is_security", "is_communique", "events", "totals", "issues"}
    assert line["id"] == "communique"
    (event,) = line["events"]
    assert set(event) == GOLD_KEYS
    assert (event["date_start"], event["location"], event["admin1"]) == ("2025-03-12", "Niono", "Ségou")
    assert [(t["outcome"], t["low"], t["best"], t["high"]) for t in event["tolls"]] == [("neutralised", 8, 10, 12)]


def test_json_lines_come_out_in_their_order_with_errors_in_place(communiques, tmp_path):
    (tmp_path / "many.jsonl").write_text(
        "\n".join(
            [
                json.dumps({"id": "a", "text": TEXT, "published": "2025-03-13", "country": "ML"}),
                "{ no json",
                json.dumps({"id": "b", "text": ""}),
                json.dumps(["no", "object"]),
                "",
                json.dumps({"id": "c", "text": "Match nul à Bamako.\u2028Score : 1-1.", "unknown": 1, "url": None}),
                json.dumps({"id": "d", "text": TEXT, "published": "13 mars"}),
            ]
        ),
        encoding="utf-8",
    )
    answer = communiques("parse", "many.jsonl")
    assert answer.status == 1
    assert [line["id"] for line in answer.lines] == ["a", None, "b", None, "c", "d"]
    errors = [line.get("error") for line in answer.lines]
    assert [bool(error) for error in errors] == [False, True, True, True, False, True]
    assert "many.jsonl:2" in errors[1]
    assert "many.jsonl:4" in errors[3]


def test_an_article_file_a_gold_file_and_a_folder(communiques, tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    write(folder / "2.json", {"id": "two", "text": TEXT, "published": "2025-03-13"}, indent=2)
    write(folder / "1.json", {"id": "one", "title": "Titre", "text": "Rien.", "events": [], "totals": []})
    (folder / "note.md").write_text("is no article")
    answer = communiques("parse", folder)
    assert answer.status == 0
    assert [line["id"] for line in answer.lines] == ["one", "two"]


def test_options_fill_only_what_an_article_does_not_tell(communiques, tmp_path):
    write(tmp_path / "a.json", {"id": "a", "text": TEXT.replace("12 mars 2025", "12 mars"), "published": "2024-03-20"})
    answer = communiques("parse", "a.json", "--published", "2025-03-20", "--country", "ML")
    assert answer.lines[0]["events"][0]["date_start"] == "2024-03-12"


def test_every_wording_stands_in_the_article(communiques, tmp_path):
    raw = "Communiqu&eacute; n° 12\u00a0:\r\n" + TEXT.replace("'", "\u2019")
    write(tmp_path / "a.json", {"id": "a", "title": "Niono\u00a0: une frappe", "text": raw, "published": "2025-03-13"})
    (line,) = communiques("parse", "a.json").lines
    told = f"Niono\u00a0: une frappe\n\n{raw}"
    words = [w for e in line["events"] for w in [*e["evidence"], *(t["wording"] for t in e["tolls"])]]
    assert words
    assert all(word in told for word in words)


def test_out_is_written_whole_or_not_at_all(communiques, tmp_path):
    write(tmp_path / "a.json", {"id": "a", "text": TEXT})
    answer = communiques("parse", "a.json", "--out", "reports.jsonl")
    assert (answer.status, answer.out) == (0, "")
    assert json.loads((tmp_path / "reports.jsonl").read_text(encoding="utf-8"))["id"] == "a"
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


@pytest.mark.parametrize("content", [b"\xff\xfe\x00bad", b"", b"{", b"[]", b"null", b'{"text": 3}', b'{"text": null}'])
def test_what_is_no_article_is_a_line_with_an_error(communiques, tmp_path, content):
    (tmp_path / "bad.json").write_bytes(content)
    write(tmp_path / "good.json", {"id": "good", "text": TEXT})
    answer = communiques("parse", "bad.json", "good.json")
    assert answer.status == 1
    assert "error" in answer.lines[0]
    assert answer.lines[1]["id"] == "good"


@pytest.mark.parametrize(
    "arguments",
    [
        ("parse",),
        ("parse", "missing.json"),
        ("parse", "a.txt", "--published", "13 mars 2025"),
        ("parse", "."),
    ],
)
def test_wrong_use_is_told_with_status_2(communiques, arguments):
    Path("a.txt").write_text(TEXT) if "." not in arguments else None
    answer = communiques(*arguments)
    assert answer.status == 2
    assert "Traceback" not in answer.err
    assert answer.err.strip()


def test_parse_needs_no_slow_library():
    import subprocess
    import sys

    code = "import sys; import pipelines.run.knowledge; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    loaded = {name.split(".")[0] for name in told.split()}
    assert not loaded & {"prefect", "great_expectations", "trafilatura", "pandas", "pyarrow", "requests"}
