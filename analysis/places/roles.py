"""What a place name does in its sentence: the place of what is told, of the telling, of a comparison, or a mere mention.

Decided by the words before and after the name (``roles.toml``), the same with and without a parse.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache

from analysis.places.lexicon import DATA

JOINED = re.compile(r",? (?:and|or) (?:the )?|, | in ")
REACH = 120  # characters of the sentence read before a name
_DATELINE = re.compile(r"(?:, [^,\n—–.!?]{2,30}){0,2}(?:,? ?\([^)\n]{2,40}\))?\s*(?:[—–]|--?\s|:\s)")
_HEAD = re.compile(r"[\w.'’ -]{2,40}, ")
_WORD = re.compile(r"[\w'’-]+")
_LONG = 24  # characters: no word that tells anything is so long
_WAYS = frozenset(("to", "into", "towards", "toward", "from", "for", "through", "via", "between"))
_CLAUSE = re.compile(r"[;:]|, (?=who|which|where|and |but )")
_ALONE = re.compile(r"[.,;:!?]| (?:in|of|on|by|for|without|here)\b")
_OF_THE = re.compile(
    r" of the (?:\w+ )?(?:north|south|east|west|world|desert|steppe|tropics|mountains|sea)\b"
)
# "Pakistan-administered Kashmir": the first name says whose, the second where
_HELD = r"-(?:administered|controlled|held|occupied|ruled|run|governed|backed|led|based|born|owned)"
_HOLDING = re.compile(rf"{_HELD}\b")
_IN = tuple(
    f" {word} {the}" for word in ["in", "at", "near", "outside", "around", "across"] for the in ("", "the ")
)
# "owns a plant in", "has two sons in": what somebody has there is no event
_HAS = re.compile(
    r"\b(?:own|owns|owned|owning|operates?|has|have|having|employs?) "
    r"(?:an?|its|their|his|her|two|three|four|five|six|several|many|some|most|more|\d[\d,]*)"
    r" (?:(?!(?:who|which|that|where|and|after|killed|wounded|injured)\b)[\w-]+ ){1,3}(?:in|at|near|outside|around|across) (?:the )?$"
)
_ONE = r"(?:(?:the|that|those|one|ones|in|of|for|with|at|near|on|from|scenes|it|did|was|is) ){0,5}"
_AS = re.compile(
    rf"\bas (?:[\w-]+ ){{1,4}}as {_ONE}$|\bas (?:\w+ ){{1,2}}in $|\b(?:worst|largest|deadliest|first|biggest)\b.* since {_ONE}$"
)


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(_lists()[name].split())


@cache
def _lists() -> dict[str, str]:
    return tomllib.loads((DATA / "roles.toml").read_text(encoding="utf-8"))


@cache
def _comparing() -> tuple[re.Pattern[str], int]:
    """Give the pattern of what compares, and more characters than it can take: it is looked for no further back."""
    cues = sorted(" ".join(_lists()["comparing"].split()).split("; "), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(cues)}) {_ONE}$"), len(cues[0]) + 50


def role_of(body: str, start: int, end: int, sentence: int) -> str:
    """Give the role of the name at a span.

    Parameters
    ----------
    body : str
        The article.
    start, end : int
        The name.
    sentence : int
        Where its sentence begins.

    Returns
    -------
    {"event", "dateline", "comparison", "mention"}

    Examples
    --------
    >>> text = "Floods hit Genoa, as they had Nice; the mayor of Turin sent pumps to Genoa. It is no Venice."
    >>> role_of(text, 11, 16, 0), role_of(text, 53, 58, 0), role_of("Worse than in Nice.", 14, 18, 0)
    ('event', 'mention', 'comparison')
    """
    if start < 60 and _is_dateline(body, start, end):
        return "dateline"
    before = body[max(sentence, start - REACH) : start].casefold()
    if _compares(before, body, end):
        return "comparison"
    if _HOLDING.match(body, end) or (before.endswith(_IN) and _HAS.search(before)):
        return "mention"
    return "event" if _tells(before, body, end) else "mention"


@cache
def _telling() -> frozenset[str]:
    """Give the words that, right before a name, may tell that something happens there, or stand between."""
    lists = (_words(name) for name in ("between", "place_prepositions", "objects"))
    return frozenset(("of", "on")).union(_WAYS, *lists)


def _is_dateline(body: str, start: int, end: int) -> bool:
    head = body[:start].lstrip()
    return (not head or bool(_HEAD.fullmatch(head))) and bool(_DATELINE.match(body, end))


def _compares(before: str, body: str, end: int) -> bool:
    comparing, reach = _comparing()
    if comparing.search(before[-reach:]):
        return True
    found = _AS.search(before) if "as " in before or " since " in before else None
    if found and (
        found[0].startswith("as ") is False
        or " as " in found[0][3:]
        or body[end : end + 5] in (" had ", " have", " did ")
    ):
        return True
    last = before.rsplit(None, 1)[-1:] or [""]
    return (last[0] in _words("another") and bool(_ALONE.match(body, end))) or (
        last[0] == "the" and bool(_OF_THE.match(body, end))
    )


def _tells(before: str, body: str, end: int) -> bool:
    """Tell whether what the sentence tells happens in, at, to or from the place."""
    following = _WORD.match(body, end + 1)
    site = following is not None and following[0] in _words("sites")
    nearest = _WORD.findall(before[-_LONG:])[-1:]
    if nearest and not site and nearest[0] not in _telling() and "-" not in nearest[0]:
        return False  # most words before a name tell nothing
    words = _WORD.findall(_CLAUSE.split(before)[-1])
    skipped = 0
    while (
        words
        and (words[-1] in _words("between") or _HOLDING.search(words[-1]))
        and not (words[-1] == "of" and skipped == 0)
    ):
        words.pop()
        skipped += 1
    if not words:
        return False
    last, rest = words[-1], words[:-1]
    if last in _words("place_prepositions"):
        # "a blast at the factory in Lahore": what merely belongs there is itself where it happened
        outer = next((i for i, word in [*enumerate(rest)][-4:-1] if word in ("at", "outside")), None)
        head = rest[outer - 1 : outer] if outer else rest[-1:]
        return not _words("belonging") & set(head)
    near = set(rest[-6:])
    if last in _WAYS:
        verbs = (
            {"left", "leave", "leaving", "departed", "headed", "bound", "fled", "heading"}
            if last == "for"
            else _words("going")
        )
        return (
            last in ("into", "towards", "toward", "through", "via")
            or bool(verbs & near)
            or bool(_words("ways") & set(rest[-2:]))
            or (last == "for" and rest[-1:] == ["battle"])
        )
    if last == "of":
        return bool(_words("happening") & set(rest[-1:]))
    if last == "on":
        return bool(_words("attacks") & set(rest[-2:]))
    return site or last in _words("objects")


__all__ = ["JOINED", "role_of"]
