"""What a codebook holds: the analyst's categories as frozen models.

The words of this file are those of the TOML files: a field here is a key there.
"""

from __future__ import annotations

import hashlib
import re
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

ActorKind = Literal["person", "organisation", "group", "government"]
CueClass = Literal["neutral", "endorsing", "distancing", "combative"]
SourceClass = Literal[
    "", "government", "military", "international", "expert", "civilian", "business", "ngo", "media", "anonymous", "other"
]  # fmt: skip
_POSSESSIVE = re.compile(r"['’]s?$")
_SPACES = re.compile(r"\s+")


def _not_blank(value: str) -> str:
    if not value.strip():
        raise ValueError("is empty; write a word or take the line out")
    return value


def _form(value: str) -> str:
    """Check a label form: lower case, ``*`` only at a word's end, no other sign of a pattern language."""
    if value != value.lower():
        raise ValueError(f"{value!r} has capitals; label forms are written in lower case and match any case")
    if re.search(r"\*\w|^\*|\s\*", value):
        raise ValueError(f"{value!r}: the star may stand only at the end of a word, as in 'invad*'")
    if re.search(r"[\\\[\](){}|+?^$]", value):
        raise ValueError(
            f"{value!r}: only letters, digits, spaces, hyphens, apostrophes and the star are understood"
        )
    return _not_blank(_SPACES.sub(" ", value).strip())


Text = Annotated[str, AfterValidator(_not_blank)]
Form = Annotated[str, AfterValidator(_form)]


def _labels(value: Any) -> Any:
    """Read ``name = [forms]`` lines as a tuple of labels."""
    if isinstance(value, dict):
        return tuple({"name": name, "forms": forms} for name, forms in value.items())
    return value


def _frames(value: Any) -> Any:
    """Read ``[frames.NAME]`` tables as a tuple of frames."""
    if isinstance(value, dict):
        return tuple({"name": name, **fields} for name, fields in value.items())
    return value


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class Actor(_Frozen):
    """A person, organisation, group or government, with all the spellings it is counted under."""

    name: Text
    kind: ActorKind
    aliases: tuple[Text, ...] = ()
    side: str = ""
    source_class: SourceClass = ""
    roles: tuple[Text, ...] = ()
    wikidata: Annotated[str, Field(pattern=r"^(Q[1-9]\d*)?$")] = ""


class Label(_Frozen):
    """One of the competing words for a concept, with the forms it takes in a text."""

    name: Text
    forms: tuple[Form, ...] = Field(min_length=1)


class Concept(_Frozen):
    """A thing that can be called by several names, and the question the choice answers."""

    name: Text
    question: str = ""
    labels: Annotated[tuple[Label, ...], BeforeValidator(_labels)] = Field(min_length=2)


class HarmWords(_Frozen):
    """Words for harm done: transitive verbs, intransitive verbs, event nouns."""

    verbs: tuple[Text, ...] = ()
    intransitives: tuple[Text, ...] = ()
    nouns: tuple[Text, ...] = ()


class Frame(_Frozen):
    """A frame or one item of one, with the words that count as evidence for it."""

    name: Text
    family: Text
    question: str = ""
    forms: tuple[Form, ...] = Field(min_length=1)


class Codebook(_Frozen):
    """The analyst's categories. Content analysts know the word.

    Examples
    --------
    >>> from analysis.codebook import load
    >>> book = load("ukraine-war")
    >>> book.actor_of("President Zelenskyy's").name
    'Volodymyr Zelensky'
    >>> book.sides[book.actor_of("Kyiv").side]
    'Ukraine'
    """

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    title: Text
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")] = "en"
    extends: str = ""
    sides: dict[str, Text] = {}
    # whose people live where, for the side of those harmed there: country codes, region codes, names of places
    control: dict[str, tuple[Text, ...]] = {}
    actors: tuple[Actor, ...] = ()
    concepts: tuple[Concept, ...] = ()
    reporting: dict[CueClass, tuple[Text, ...]] = {}
    actions: dict[str, tuple[Text, ...]] = {}
    harms: HarmWords = HarmWords()
    source_classes: dict[SourceClass, tuple[Text, ...]] = {}
    units: tuple[Text, ...] = ()
    frames: Annotated[tuple[Frame, ...], BeforeValidator(_frames)] = ()
    # loaded words without a home above: initiator wording, evaluative modifiers, remedies, hedges
    lists: dict[str, tuple[Form, ...]] = {}

    @cached_property
    def digest(self) -> str:
        """Hash of everything in the codebook: what a store compares to know whether to annotate again."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:16]

    def __hash__(self) -> int:
        return hash(self.digest)

    @cached_property
    def _index(self) -> dict[str, Actor]:
        return {
            key(name, acronym=is_acronym(name)): actor
            for actor in self.actors
            for name in (actor.name, *actor.aliases)
        }

    @cached_property
    def _roles(self) -> frozenset[str]:
        roles = {role for actor in self.actors for role in actor.roles}
        nouns = {noun for nouns in self.source_classes.values() for noun in nouns}
        return frozenset(key(word) for word in roles | nouns)

    @cached_property
    def _openers(self) -> frozenset[str]:
        # the first words of all names and roles: most of what is asked begins with another word
        return frozenset(known.split(" ")[0].casefold() for known in (*self._index, *self._roles))

    def actor_of(self, surface: str) -> Actor | None:
        """Find the actor that a surface form stands for.

        Case, white space, a leading "the", a possessive ending and leading role nouns don't matter.

        Parameters
        ----------
        surface : str
            The words as they stand in the text.

        Returns
        -------
        Actor or None
            None where the codebook lists no such form. Surnames count only where they are listed.
        """
        words = key(surface, acronym=True).split(" ") if self._index else []
        while words and words[0].casefold() in self._openers:
            rest = " ".join(words)
            found = self._index.get(rest.casefold()) or self._index.get(rest)
            if found is not None:
                return found
            longest_first = range(min(len(words) - 1, 5), 0, -1)
            skip = next((n for n in longest_first if " ".join(words[:n]).casefold() in self._roles), None)
            if skip is None:
                return None
            words = words[skip:]
        return None

    def side_of(self, surface: str) -> str:
        """Give the key of the side that a surface form's actor belongs to; empty where there is none."""
        actor = self.actor_of(surface)
        return actor.side if actor else ""

    def side_in(self, *names: str) -> str:
        """Give the side whose people live in a place: by the first of its name, region and country that is listed.

        Examples
        --------
        >>> from analysis.codebook import load
        >>> load("ukraine-war").side_in("Bakhmut", "UA.05", "UA")
        'ukraine'
        """
        held = {name: side for side, places in self.control.items() for name in places}
        return next((held[name] for name in names if name in held), "")

    def concept(self, name: str) -> Concept | None:
        """Find a concept by its name."""
        return next((concept for concept in self.concepts if concept.name == name), None)

    @cached_property
    def cue_classes(self) -> dict[str, str]:
        """The reporting verbs, each with its class."""
        return {lemma: name for name, lemmas in self.reporting.items() for lemma in lemmas}


def key(surface: str, *, acronym: bool = False) -> str:
    """Bring a name into the form it is looked up by.

    Parameters
    ----------
    surface : str
        The words as written.
    acronym : bool, optional
        Keep the capitals: "US" is a country and "us" is not.

    Examples
    --------
    >>> key("the  Kremlin’s")
    'kremlin'
    >>> key("the US", acronym=True)
    'US'
    """
    text = _SPACES.sub(" ", surface.replace("’", "'")).strip()
    text = _POSSESSIVE.sub("", text)
    text = text[4:] if text[:4].casefold() == "the " else text
    return text if acronym else text.casefold()


def is_acronym(name: str) -> bool:
    """Say whether a name must keep its capitals to be recognised."""
    return len(name) <= 5 and name.isupper()
