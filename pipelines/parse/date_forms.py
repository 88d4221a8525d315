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
# "vendredi (12 septembre)", "mardi matin", "le 12 au soir"
_END = f"{_DATE}(?:<open><the>?{_DAY}<month><year>?<close>)?(?:<to_the>?<daypart>)?"
_NUMBERED = "(?=<weekday>?<comma>?(?:<day_number>|<first>))"
_DATE_IN_MONTH = f"(?:<weekday><comma>?)?{_DAY}<month><year>?"
_UNIT = "(?:<day>|<night>|<hour>|<week>|<month_word>|<year_word>)"
_MANY = "(?:<number>|<day_number>)"
_ABOUT = "(?:<comma>?<about><comma>?)*"
_PART = "(?:<start>|<middle>|<end>)"
_PAST = "(?:<last>|<before_last>|<before>|<next>|<following>)"
# "dans la matinée du", "ce"
_LEAD = (
    f"(?:(?:<in>|{_TO})?(?:<the>|<this>)?(?:<daypart>|<day>){_OF}|<to>?<the><date_word>{_OF}|<in><date_word>{_OF})?"
    "(?:<the>|<this>)?<same>?"
)
_SPAN_LEAD = "<in>?(?:<the>|<this>)?"
_NIGHT = f"<in>?(?:<the>|<this>)?<night>{_OF}"
_THIS = "(?:<the>|<this>)?"

FORMS: dict[str, str] = {
    "numeric_range": (
        "(?:<of_the>|<the>|<between><the>?)(?:<numeric>|<short>)(?:<to_the>|<to><the>?|<and><the>?)(?:<numeric>|<short>)"
    ),
    "numeric": (
        f"{_LEAD}(?:(?:<spoken>|<told>)<comma>?)?(?:<weekday><comma>?)?<open>?<the>?<numeric><close>?"
        "|(?:(?:<spoken><comma>?)?(?:<weekday><comma>?)?(?:<the>|<open>)|<of_the>|<to_the>|<weekday>)<short>"
    ),
    "night": f"{_NIGHT}{_THIS}{_END}(?:{_TO}|<and>){_THIS}{_END}<last>?",
    "night_to_spoken": f"{_SPAN_LEAD}<night>(?:{_OF}{_THIS}{_END}|{_OF}?<spoken>){_TO}<spoken>",
    "night_of": f"{_NIGHT}(?:<the>|<this>)?<same>?{_DATE}<last>?",
    "night_here": f"<this><night>(?!<there>)|<in>?<the>?<night><last>|<spoken><night>|<in>?<the>?<night>{_OF}<spoken>",
    "night_after": "<in>?<the>?<night>(?:<following>|<before>)",
    "week_of_range": f"{_SPAN_LEAD}(?:<week>|<period>)<comma>?<going>?{_OF}{_DATE}{_TO}<the>?{_DATE}",
    "week_of": f"{_SPAN_LEAD}<week>{_OF}{_NUMBERED}{_DATE}",
    "weekday_of_week": f"{_THIS}<weekday><daypart>?{_OF}{_THIS}<week>{_PAST}?",
    "weekend_of": f"{_SPAN_LEAD}<weekend>{_OF}{_NUMBERED}{_DATE}(?:(?:{_TO}|<and>)<the>?{_DATE})?",
    "range": (
        f"(?:<of_the>|<since><the>?){_END}(?:<to_the>|<to>{_THIS}){_END}<last>?"
        f"|{_OF}<weekday><daypart>?<to>{_THIS}<weekday><daypart>?(?!<day_number>)|{_OF}<the>?{_END}{_TO}<the>?{_DATE_IN_MONTH}"
        f"|{_OF}<month><year>?{_TO}<month><year>?"
        f"|<between>(?:<the>|<the_many>){_END}<and><the>?{_END}|<between>{_THIS}<weekday><daypart>?<and>{_THIS}<weekday><daypart>?"
        "|<between><month><year>?<and><month><year>?"
    ),
    "range_in_month": f"{_THE}{_DATE}(?:<to_the>|<dash>){_THE}{_DATE_IN_MONTH}",
    "list": f"{_THE}<weekday>?{_DAY}(?:(?:<comma><and>?|<and>){_THE}<weekday>?{_DAY}){{1,9}}<month><year>?",
    "pair_of_weekdays": "(?:<the>|<this>|<the_many>)?<weekday><and>(?:<the>|<this>)?<weekday>(?!<day_number>)<last>?",
    "day_of_month": f"<the><weekday>?<day_number>{_OF}<the>?<month_word>{_OF}<month><year>?",
    "day_of_month_here": (
        f"(?:<the>|<weekday>)<day_number>(?:<current>|{_OF}(?:<the>|<this>)?<same>?<month_word>(?:<last>|<current>)?)(?!{_OF})"
    ),
    "explicit": (
        f"{_LEAD}(?:(?:<spoken>|<told>)<comma>?)?(?:<weekday><comma>?)?<open>?(?:<the>|<this>)?"
        "(?:<day_number>|<number>|<first>)<dash>?<month>(?:<comma>?<dash>?<year>|<of_the><year_word><last>)?<last>?"
    ),
    "weekday_day": f"{_LEAD}<weekday><the>?<day_number>(?!<hour>)",
    "spoken_weekday": "<spoken><comma>?<weekday><daypart>?",
    "later": f"{_MANY}<of>?(?:<first>|<last>)?{_UNIT}{_ABOUT}(?:<later>|<earlier>)",
    "some_later": f"<some>{_UNIT}{_ABOUT}(?:<later>|<earlier>)",
    "recent": f"<long_ago>(?:<number>|<day_number>)?{_UNIT}|<recently>",
    "year_part": f"(?:<the>|<to_the>)?{_PART}(?:{_OF}<the>?<year_word>|{_OF})?<year>",
    "ago": f"<ago>{_ABOUT}(?:{_MANY}<of>?|<some>){_UNIT}",
    "told_of_feast": f"<the>?<told>{_OF}(?:<the>?<feast_word>{_OF})?<the>?<feast>",
    "told_weekday": "<the>?<told><comma>?<weekday>(?!<day_number>)",
    "told": f"(?<!<to_the>)(?<!<to><the>)<the>?<told>(?!{_OF})(?:{_TO}?<daypart>)?",
    "told_of_event": f"(?<!<to_the>)(?<!<to><the>)<the>?<told>{_OF}(?:<these>|<this>)<event_word>",
    "told_of_act": (
        f"<to_the>?<to>?<the>?<told>(?={_OF}(?:<the>|<these>|<this>|{_MANY})?(?:<first>|<second>)?<event_word>)"
    ),
    "day_after": "<the>(?:<day>|<daypart>)(?:<following>|<before>)",
    "same_period": "<the>?<same>(?:<period>|<week>|<month_word>|<weekend>)",
    "same_day_of": f"<the>?<same><day>{_OF}{_DATE}",
    "same_day": (
        "(?:<the>|<this>)?<same>(?:<day>|<night>|<daypart>|<date_word>)|<this>(?:<day>|<daypart>|<night>)<there>"
        "|<the>(?:<day>|<daypart>|<night>)<dash>?<same>"
    ),
    "same_time": "<same_time>(?!<the>?<daypart>)",
    "night_open": f"<in><the><night>(?!{_OF}|<there>|<same>|<last>|<following>|<before>)",
    "period": f"(?:<in><the>?|{_OF}<the>?)<period>",
    "spoken": f"<spoken>(?:{_TO}?<daypart>)?",
    "today": "(?<!<to>)<this>(?:<daypart>|<day>)",
    "last_days": (
        f"(?:<these>|<in>)?(?:<the_many>|<of>)?(?:{_MANY}<last>|<last>{_MANY})(?:<day>|<hour>|<week>)(?!{_OF})"
        f"|(?:<these>|<in>?<the_many>|<in><of>|<in>)<last>(?:<day>|<hour>)(?!{_OF})"
    ),
    "days_of_month": f"{_MANY}?(?:<last>|<first>){_MANY}?<day>{_OF}(?:<month_word>{_OF})?<month><year>?",
    "week_of_month": f"(?:<first>|<second>|<last>)<week>{_OF}(?:<month_word>{_OF})?<month><year>?",
    "half_month": f"(?:<first>|<second>|<last>)<fortnight>{_OF}(?:<month_word>{_OF})?<month><year>?",
    "week": (
        f"<since>?(?:<the>|<to_the>)?{_PART}{_OF}(?:<the>|<this>)?<week>{_PAST}?|<since>?<in>?{_THIS}<week>{_PAST}|<in>?<the><before_last><week>|<of_the><week>{_PAST}"
        "|<in>?<this><week>|<earlier><in><the><week>(?!<last>|<before>)"
    ),
    "week_here": f"<in><the>?<week>(?!<which>|{_OF})",
    "weekend": f"(?:<the>|<this>|<in><the>?|<to_the>){_PART}?<weekend>{_PAST}?(?!<which>)|<weekend>{_PAST}",
    "month_part": f"(?:<the>|<to_the>)?{_PART}<dash>?(?:{_OF}?<the>?<month_word>{_OF}|{_OF})?<month>(?:<last>|<year>)?",
    "month_part_here": f"{_PART}(?:{_OF}<this>?|<this>)<month_word>(?:<last>|<before>)?(?!{_OF})",
    "month": (
        f"(?:<in>|{_OF}|<since>|<to>)<month>(?:<last>|<comma>?<year>|<of_the><year_word><last>)?|<month_word>{_OF}<month>(?:<last>|<year>)?"
        "|<month><year>|<month><last>"
    ),
    "month_here": ("<the><month_word>(?:<last>|<before>)|<this><month_word>|<earlier><in><the><month_word>"),
    "year": (
        f"{_OF}<year>{_TO}<year>|<between><year><and><year>|(?:<in>|{_OF}|<since>|<to>|<the>?<year_word>|{_PART})<the>?<year>"
        "|<the><year_word>(?:<last>|<before>)"
    ),
    "day_of_feast": f"(?:<first>|<second>|<ordinal>|<last>)(?:<day>|<night>){_OF}<the>?<feast>",
    "named_feast": "(?:<the>|<this>)?<feast_day>",
    "feast": (
        f"(?:<day>|<feast_word>|<night>|<daypart>){_OF}(?:<the>?<feast_word>{_OF})?<the>?<feast>"
        "|(?:<the>|<to>|<to_the>)<feast>"
    ),
    "weekday": (
        f"(?<!<each>)(?:<daypart>{_OF})?(?:<the>|<this>)?(?:<same>|<before_last>)?<weekday>(?:<last>|<before_last>|<before>|<next>|<following>)?(?:{_TO}?<daypart>)?<last>?"
    ),
    "lone_day": f"(?:<the>|<of_the>|<this>)<day_number>(?!<month>|<year>|{_UNIT}|<last>|<first>|<feast>)",
}


def _translate(pattern: str) -> str:
    return re.sub(r"<([a-z_]+)>", lambda match: re.escape(LETTERS[match.group(1)]), pattern)


ANY_FORM = re.compile("|".join(f"(?P<{name}>{_translate(pattern)})" for name, pattern in FORMS.items()))
