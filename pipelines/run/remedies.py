"""What a person can do about an issue, by its stage and code; one without an entry has no remedy but patience."""

from __future__ import annotations

_SELECTORS = "name where it stands, under selectors: in the source's YAML"
_AGAIN = "it is tried again at the next run"
_LANGUAGE = "choose a declared language, or declare this one: a folder languages/CODE of your own catalog (--catalog)"

REMEDIES = {
    ("fetch", "robots"): "the site's robots.txt forbids the page: ask its owner",
    ("fetch", "robots_unreachable"): "robots.txt could not be had, which forbids everything until it can",
    ("fetch", "blocked"): "the site refuses us: ask its owner; COMMUNIQUES_CONTACT tells sites whom they may turn to",
    ("fetch", "timeout"): _AGAIN,
    ("fetch", "unreachable"): _AGAIN,
    ("fetch", "host_down"): _AGAIN,
    ("fetch", "dns"): "the host's name leads nowhere: check home: in the source's YAML",
    ("fetch", "foreign_host"): "if the host is the source's own, declare it under mirrors: in the source's YAML",
    ("extract", "no_date"): _SELECTORS,
    ("extract", "no_title"): _SELECTORS,
    ("extract", "teaser_only"): f"the page may show no more than this; if it does, {_SELECTORS}",
    ("extract", "too_short"): f"the page may hold no more than this; if it does, {_SELECTORS}",
    ("extract", "communique_not_text"): "the communiqué is a picture or a file: nothing here reads those",
    ("parse", "no_lexicon"): _LANGUAGE,
    ("parse", "other_language"): _LANGUAGE,
    ("parse", "text_too_long"): "cut the text into its articles",
    ("parse", "not_text"): "give it as text: this looks like another kind of file, or like a torn encoding",
    ("parse", "reader_failed"): "report it with the article's address: the reader broke on it",
    ("resolve", "no_publication_date"): "tell the day of publication: --published DATE",
    ("resolve", "unknown_place"): "look for it: communiques gazetteer suggest NAME; add it: countries/CC/places.csv",
    ("resolve", "ambiguous_place"): "a unit beside the name would settle it; where the text has none it stays open",
    ("resolve", "background"): "the incident lies too long before the publication to be its news",
}


def find_remedy(stage: str, code: str) -> str:
    """What can be done about an issue, "" where nothing is known.

    >>> find_remedy("resolve", "no_publication_date")
    'tell the day of publication: --published DATE'
    """
    return REMEDIES.get((stage, code), "")
