"""The commands that tend the data folder: archive, forget, gazetteer, record."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.cli.options import json_option, shared_options, tell
from pipelines.errors import UsageError
from pipelines.settings import Settings

if TYPE_CHECKING:
    from pipelines.gazetteer import Imported

ATTENTION = 1


@click.group(short_help="The index rebuilt from the archive, or exported.")
def archive() -> None:
    """Tend the archive of raw responses."""


@archive.command(short_help="Build the index anew from the WARC files.")
@json_option
@shared_options
def reindex(as_json: bool, settings: Settings) -> int:
    """Build index.sqlite anew from the archived files alone; the exit status is 1 if some of them are damaged.

    An index that cannot be read is kept aside as index.sqlite.old.

    \b
    Example:
      communiques archive reindex --data /srv/communiques
    """
    from pipelines.archive import Archive
    from pipelines.run.lock import hold_folder

    with hold_folder(_need_archive(settings)):
        _set_index_aside(settings.data / "index.sqlite")
        with Archive(settings.data, now=settings.now) as opened:
            issues = opened.issues
            pages, articles = sum(1 for _ in opened.captures()), sum(1 for _ in opened.articles())
    faults = [f"{issue.code}: {issue.detail}" for issue in issues]
    answer = {"pages": pages, "articles": articles, "faults": faults}
    tell(answer, "\n".join([*faults, f"{pages} pages, {articles} articles"]), as_json=as_json)
    return ATTENTION if issues else 0


def _set_index_aside(index: Path) -> None:
    """An archive that is opened without its index builds it from the files."""
    for suffix in ("-wal", "-shm"):
        index.with_name(index.name + suffix).unlink(missing_ok=True)
    if index.exists():
        index.replace(index.with_name("index.sqlite.old"))


@archive.command(short_help="Write the index that replay tools read.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The CDXJ file to write.")
@json_option
@shared_options
def cdxj(out: Path, as_json: bool, settings: Settings) -> int:
    """Write the archive's index as CDXJ, for pywb and the like.

    \b
    Example:
      communiques archive cdxj --out index.cdxj
    """
    from pipelines.archive import Archive

    _need_archive(settings)
    with Archive(settings.data, now=settings.now, read_only=True) as opened:
        count = opened.export_cdxj(out)
    tell({"captures": count, "file": str(out)}, f"{count} captures", as_json=as_json)
    return 0


@archive.command(short_help="Copy finished WARC files to a bucket.")
@click.argument("address", metavar="s3://BUCKET/FOLDER")
@click.option("--all", "everything", is_flag=True, help="Also the files that runs still write to.")
@json_option
@shared_options
def ship(address: str, everything: bool, as_json: bool, settings: Settings) -> int:
    """Copy the finished WARC files to S3-compatible storage; what lies there already is not sent again.

    Keys and endpoint are found as AWS' own tools find them (AWS_ACCESS_KEY_ID, AWS_ENDPOINT_URL and so on).

    \b
    Example:
      communiques archive ship s3://my-bucket/archive
    """
    from pipelines.archive import ship_files
    from pipelines.run.lock import hold_folder
    from pipelines.web import open_bucket

    bucket = open_bucket(address)
    with hold_folder(_need_archive(settings)):
        shipped = ship_files(settings.data / "archive", bucket, everything=everything)
    tell(
        {"sent": shipped.sent, "present": shipped.present},
        f"{shipped.sent} files sent, {shipped.present} were there",
        as_json=as_json,
    )
    return 0


@click.command(short_help="Remove an article on request, for good.")
@click.argument("url")
@json_option
@shared_options
def forget(url: str, as_json: bool, settings: Settings) -> int:
    """Remove all that is archived of an address; it is not fetched again.

    `communiques build` then takes the article out of the published data.

    \b
    Example:
      communiques forget https://lefaso.net/spip.php?article116135
    """
    from pipelines.archive import Archive
    from pipelines.run.lock import hold_folder
    from pipelines.web import canonicalise_url

    try:
        address = canonicalise_url(url)
    except ValueError as error:
        raise UsageError(str(error)) from error
    with hold_folder(_need_archive(settings)), Archive(settings.data, now=settings.now) as opened:
        removed = opened.forget(address)
    words = f"{removed} records removed; `communiques build` takes the article out of the published data"
    tell({"removed": removed, "url": address}, words, as_json=as_json)
    return 0


@click.command(short_help="Keep a page of a source as a test page, its prose replaced by filler.")
@click.argument("source_id", metavar="ID")
@click.argument("url")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), default=Path(), help="Folder to write into [default: .]."
)
@json_option
@shared_options
def record(source_id: str, url: str, out: Path, as_json: bool, settings: Settings) -> int:
    """Fetch one article and write its page (markup, title and dates kept, prose replaced) beside the expected result.

    \b
    Example:
      communiques record lefaso https://lefaso.net/spip.php?article116135 --out tests/extract/recorded
    """
    from pipelines.extract import record_page
    from pipelines.fetch import fetch_page
    from pipelines.models import Link
    from pipelines.run.opening import choose_sources, make_client

    (source,) = choose_sources(settings, [source_id])
    link = Link(source.id, url)
    recording = record_page(fetch_page(link, source, make_client(settings)), source, link)
    out.mkdir(parents=True, exist_ok=True)
    (out / f"{source.id}.html").write_text(recording.html, encoding="utf-8")
    expected = json.dumps(recording.expected, ensure_ascii=False, indent=1)
    (out / f"{source.id}.json").write_text(f"{expected}\n", encoding="utf-8")
    words = f"{out / source.id}.html and .json: {recording.expected['title']}"
    tell({"page": f"{out / source.id}.html", "expected": recording.expected}, words, as_json=as_json)
    return 0


@click.group(short_help="GeoNames points beside the shipped places.")
def gazetteer() -> None:
    """Import a GeoNames country dump, download one, look for a name."""


@gazetteer.command("import", short_help="Import a GeoNames country dump.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
@shared_options
def import_file(file: Path, as_json: bool, settings: Settings) -> int:
    """Import the points of a dump (ML.txt, ML.txt.gz or ML.zip); the shipped places win over them.

    \b
    Example:
      communiques gazetteer import ML.zip
    """
    from pipelines.gazetteer import import_dump
    from pipelines.run.lock import check_folder

    check_folder(settings.data)
    _tell_imported(import_dump(file, settings.data), as_json=as_json)
    return 0


@gazetteer.command(short_help="Download a country's dump from GeoNames and import it.")
@click.argument("country", metavar="CC")
@json_option
@shared_options
def download(country: str, as_json: bool, settings: Settings) -> int:
    """Fetch CC.zip from GeoNames and import it.

    \b
    Example:
      communiques gazetteer download ML
    """
    from pipelines.gazetteer import download_country
    from pipelines.run.lock import check_folder
    from pipelines.run.opening import make_client

    check_folder(settings.data)
    _tell_imported(download_country(country, make_client(settings), settings.data), as_json=as_json)
    return 0


@gazetteer.command(short_help="Known places that look like a name.")
@click.argument("name")
@click.option("--country", metavar="CC", help="Only places of this country.")
@json_option
@shared_options
def suggest(name: str, country: str | None, as_json: bool, settings: Settings) -> int:
    """Show known places that look like a name that was not found, best first.

    \b
    Example:
      communiques gazetteer suggest Tesit --country ML
    """
    from pipelines.catalog.country import load_atlas
    from pipelines.gazetteer import suggest_names

    atlas = load_atlas(settings.catalog, settings.gazetteer)
    found = suggest_names(name, atlas, country=country.upper() if country else None)
    tell(found, "\n".join(found) or f"no known place looks like {name}", as_json=as_json)
    return 0


def _tell_imported(found: Sequence[Imported], *, as_json: bool) -> None:
    words = [f"{one.country}: {one.points} points, {one.skipped} lines left out" for one in found]
    tell([one._asdict() for one in found], "\n".join(words), as_json=as_json)


def _need_archive(settings: Settings) -> Path:
    if not (settings.data / "archive").is_dir():
        raise UsageError(f"{settings.data}: no archive here; name the data folder with --data")
    return settings.data
