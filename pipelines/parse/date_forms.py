"""The forms that a date takes, as patterns over classes of words: `<night><of_the><day_number><to_the><day_number>`.

The forms stand in the order in which they are tried; the first that fits at a place wins.
"""

from __future__ import annotations

import re

from pipelines.parse.date_items import LETTERS

_OF = "(?:<of>|<of_the>)"
_TO = "(?:<to>|<to_the>|<dash>)"
_THE = "(?:<the>|<the_many>)?"
_DAY = "(?:<day_number>(?!<hour>)|<first>(?=<month>))"
# at least one of weekday, day, month
_DATE = f"(?:<weekday>(?:<comma>?{_DAY})?<month>?<year>?|{_DAY}<month>?<year>?|<month><year>?)"
_NUMBERED = "(?=<weekday>?<comma>?(?:<day_number>|<first>))"
_DATE_IN_MONTH = f"(?:<weekday><comma>?)?{_DAY}<month><year>?"
_UNIT = "(?:<day>|<night>|<hour>|<week>|<month_word>|<year_word>)"
_MANY = "(?:<number>|<day_number>)"
_PART = "(?:<start>|<middle>|<end>)"
_PAST = "(?:<last>|<before>|<next>)"
# "dans la matinée du", "ce"
_LEAD = f"(?:(?:<in>|{_TO})?(?:<the>|<this>)?(?:<daypart>|<day>){_OF})?(?:<the>|<this>)?"
_SPAN_LEAD = "<in>?(?:<the>|<this>)?"
_NIGHT = f"<in>?(?:<the>|<this>)?<night>{_OF}"

FORMS: dict[str, str] = {
    "numeric": f"{_LEAD}(?:<weekday><comma>?)?<numeric>|(?:<the>|<of_the>|<to_the>|<weekday>)<short>",
    "night": f"{_NIGHT}<the>?{_DATE}{_TO}<the>?{_DATE}",
    "night_to_spoken": f"{_NIGHT}(?:<the>?{_DATE}|<spoken>){_TO}<spoken>",
    "night_of": f"{_NIGHT}(?:<the>|<this>)?{_DATE}",
    "night_here": f"<this><night>(?!<there>)|<in>?<the>?<night><last>|<spoken><night>|<in>?<the>?<night>{_OF}<spoken>",
    "week_of_range": f"{_SPAN_LEAD}<week><comma>?{_OF}{_DATE}{_TO}<the>?{_DATE}",
    "week_of": f"{_SPAN_LEAD}<week>{_OF}{_NUMBERED}{_DATE}",
    "weekend_of": f"{_SPAN_LEAD}<weekend>{_OF}{_NUMBERED}{_DATE}(?:(?:{_TO}|<and>)<the>?{_DATE})?",
    "range": (
        f"(?:<of_the>|<since><the>?){_DATE}(?:<to_the>|<to><the>){_DATE}"
        f"|{_OF}<weekday><to><weekday>|{_OF}<the>?{_DATE}{_TO}<the>?{_DATE_IN_MONTH}"
        f"|{_OF}<month><year>?{_TO}<month><year>?"
        f"|<between><the>{_DATE}<and><the>?{_DATE}|<between><weekday><and><weekday>"
        "|<between><month><year>?<and><month><year>?"
    ),
    "range_in_month": f"{_THE}{_DATE}(?:<to_the>|<dash>){_THE}{_DATE_IN_MONTH}",
    "list": f"{_THE}<weekday>?{_DAY}(?:(?:<comma><and>?|<and>){_THE}<weekday>?{_DAY}){{1,9}}<month><year>?",
    "pair_of_weekdays": "(?:<the>|<this>)?<weekday><and><the>?<weekday>(?!<day_number>)",
    "explicit": (
        f"{_LEAD}(?:(?:<spoken>|<told>)<comma>?)?(?:<weekday><comma>?)?(?:<the>|<this>)?"
        "(?:<day_number>|<number>|<first>)<month>(?:<comma>?<year>)?<last>?"
    ),
    "weekday_day": f"{_LEAD}<weekday><the>?<day_number>(?!<hour>)",
    "spoken_weekday": "<spoken><comma>?<weekday><daypart>?",
    "later": f"{_MANY}(?:<first>|<last>)?{_UNIT}(?:<later>|<earlier>)",
    "some_later": f"<some>{_UNIT}(?:<later>|<earlier>)",
    "ago": f"<ago>(?:<number>|<day_number>|<some>){_UNIT}",
    "told_of_feast": f"<the>?<told>{_OF}(?:<the>?<feast_word>{_OF})?<the>?<feast>",
    "told_weekday": "<the>?<told><comma>?<weekday>(?!<day_number>)",
    "told": f"(?<!<to_the>)(?<!<to><the>)<the>?<told>(?!{_OF})(?:{_TO}?<daypart>)?",
    "day_after": "<the>(?:<day>|<daypart>)(?:<following>|<before>)",
    "same_period": "<the>?<same>(?:<period>|<week>|<month_word>|<weekend>)",
    "same_day_of": f"<the>?<same><day>{_OF}{_DATE}",
    "same_day": (
        "<the>?<same>(?:<day>|<night>|<daypart>|<date_word>)|<this>(?:<day>|<daypart>|<night>)<there>"
        "|<the>(?:<day>|<daypart>|<night>)<same>"
    ),
    "same_time": "<same_time>",
    "period": f"(?:<in><the>?|{_OF}<the>?)<period>",
    "spoken": f"<spoken>(?:{_TO}?<daypart>)?",
    "today": "(?<!<to>)<this>(?:<daypart>|<day>)",
    "last_days": f"{_MANY}<last><day>(?!{_OF})",
    "days_of_month": f"{_MANY}?(?:<last>|<first>){_MANY}?<day>{_OF}(?:<month_word>{_OF})?<month><year>?",
    "week_of_month": f"(?:<first>|<second>|<last>)<week>{_OF}(?:<month_word>{_OF})?<month><year>?",
    "half_month": f"(?:<first>|<second>|<last>)<fortnight>{_OF}(?:<month_word>{_OF})?<month><year>?",
    "week": (
        f"{_PART}{_OF}<week>{_PAST}?|(?:<the>|<this>)?<week>{_PAST}|<this><week>|<in><the>?<week>|<of_the><week>(?={_PAST})"
    ),
    "weekend": f"(?:<the>|<this>){_PART}?<weekend>{_PAST}?|<weekend>{_PAST}",
    "month_part": f"(?:<the>|<to_the>)?{_PART}<dash>?(?:{_OF}?<the>?<month_word>{_OF}|{_OF})?<month>(?:<last>|<year>)?",
    "month_part_here": f"{_PART}(?:{_OF}<this>?|<this>)<month_word>(?:<last>|<before>)?(?!{_OF})",
    "month": (
        f"(?:<in>|{_OF}|<since>|<to>)<month>(?:<last>|<comma>?<year>)?|<month_word>{_OF}<month>(?:<last>|<year>)?"
        "|<month><year>|<month><last>"
    ),
    "month_here": "<the><month_word>(?:<last>|<before>)|<this><month_word>",
    "year": (
        f"{_OF}<year>{_TO}<year>|<between><year><and><year>|(?:<in>|{_OF}|<since>|<to>|<the>?<year_word>|{_PART})<the>?<year>"
        "|<the><year_word>(?:<last>|<before>)"
    ),
    "day_of_feast": f"(?:<first>|<second>|<ordinal>|<last>)(?:<day>|<night>){_OF}<the>?<feast>",
    "feast": (
        f"(?:<day>|<feast_word>|<night>|<daypart>){_OF}(?:<the>?<feast_word>{_OF})?<the>?<feast>"
        "|(?:<the>|<to>|<to_the>)<feast>"
    ),
    "weekday": (
        f"(?:<daypart>{_OF})?(?:<the>|<this>)?<weekday>(?:<last>|<before>|<next>|<following>)?(?:{_TO}?<daypart>)?<last>?"
    ),
    "lone_day": f"(?:<the>|<of_the>|<this>)<day_number>(?!<month>|<year>|{_UNIT}|<last>|<first>|<feast>)",
}

# Letters without which no form fits: runs of items that hold none are not looked at.
CORES = frozenset(
    LETTERS[name]
    for name in (
        "month", "weekday", "spoken", "told", "feast", "day_number", "numeric", "short", "year", "week", "weekend",
        "night", "day", "date_word", "daypart", "same_time", "period", "month_word", "year_word", "hour",
    )
)  # fmt: skip


def _translate(pattern: str) -> str:
    return re.sub(r"<([a-z_]+)>", lambda match: re.escape(LETTERS[match.group(1)]), pattern)


ANY_FORM = re.compile("|".join(f"(?P<{name}>{_translate(pattern)})" for name, pattern in FORMS.items()))
