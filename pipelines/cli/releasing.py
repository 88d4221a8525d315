"""The commands about releases: which there are, a name that stays, going back."""

from __future__ import annotations

import click

from pipelines.cli.options import echo_json, json_option, shared_options
from pipelines.settings import Settings


@click.group(short_help="Which releases there are; name one for good, go back to one.")
def releases() -> None:
    """List, tag and choose releases. A tagged release stays for good, of the others the last ones."""


@releases.command("list", short_help="Which releases there are.")
@json_option
@shared_options
def list_all(as_json: bool, settings: Settings) -> int:
    """List the releases, oldest first, with their tags; `*` marks the current one.

    \b
    Example:
      communiques releases list
    """
    from pipelines.publish import find_current, list_releases, list_tags

    current, tags = find_current(settings.data), list_tags(settings.data)
    marks = {name: current is not None and current.name == name for name in list_releases(settings.data)}
    named = {name: [tag for tag, tagged in tags.items() if tagged == name] for name in marks}
    if as_json:
        echo_json([{"release": name, "is_current": mark, "tags": named[name]} for name, mark in marks.items()])
        return 0
    for name, mark in marks.items():
        click.echo(" ".join(("*" if mark else " ", name, *named[name])))
    return 0


@releases.command(short_help="Give a release a name by which it is cited and kept.")
@click.argument("name", metavar="TAG")
@click.argument("release_id", metavar="[RELEASE]", required=False)
@json_option
@shared_options
def tag(name: str, release_id: str | None, as_json: bool, settings: Settings) -> int:
    """Name a release, the current one if none is given, for good: a tag never changes its meaning.

    \b
    Example:
      communiques releases tag 2025-07
    """
    from pipelines.publish import tag_release
    from pipelines.run.lock import hold_folder

    with hold_folder(settings.data, patience_s=settings.patience_s):
        chosen = release_id or _name_current(settings)
        tag_release(settings.data, name, chosen)
    if as_json:
        echo_json({"tag": name, "release": chosen})
    else:
        click.echo(f"tags/{name} names {chosen}")
    return 0


@releases.command(short_help="Let `current` name another release.")
@click.argument("release_id", metavar="RELEASE|TAG")
@json_option
@shared_options
def use(release_id: str, as_json: bool, settings: Settings) -> int:
    """Go back to an earlier release, or forth again; the next build that changes anything publishes a new one.

    \b
    Example:
      communiques releases use 20250801T060000Z-70a1b76eb9
    """
    from pipelines.publish import go_back, list_tags
    from pipelines.run.lock import hold_folder

    with hold_folder(settings.data, patience_s=settings.patience_s):
        chosen = list_tags(settings.data).get(release_id, release_id)
        go_back(settings.data, chosen)
    if as_json:
        echo_json({"current": chosen})
    else:
        click.echo(f"current names {chosen}")
    return 0


def _name_current(settings: Settings) -> str:
    from pipelines.errors import UsageError
    from pipelines.publish import find_current

    current = find_current(settings.data)
    if current is None:
        raise UsageError(f"{settings.data}: nothing was published here yet; `communiques run` does")
    return current.name
