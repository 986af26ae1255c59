"""Findings of framing in words: items of frames, pairs of war and peace, parties, praise and blame."""

from __future__ import annotations

import pandas as pd

from analysis.framing.frames import ENOUGH_EVIDENCE
from analysis.framing.quality import trusted
from analysis.framing.responsibility import KINDS

_KINDS = {"cause": "cause or blame", "remedy": "remedy", "initiator": "beginning", "responder": "answering"}


def untrusted(evidence: pd.DataFrame) -> str:
    """Say which items of frames were found and are not shown, because their finds are too often wrong.

    Parameters
    ----------
    evidence : pandas.DataFrame
        From `analysis.framing.frame_evidence`.

    Examples
    --------
    >>> untrusted(pd.DataFrame({"frame": ["conflict: reproach"], "family": ["generic"]}))
    'All items found are precise enough to be shown.'
    """
    frames = evidence.loc[evidence["family"] != "war/peace", "frame"]
    left = sorted(set(frames) - set(trusted()))
    if not left:
        return "All items found are precise enough to be shown."
    return f"Left out, because fewer than three in four finds were right or too few are known: {'; '.join(left)}."


def leaning(pairs: pd.DataFrame) -> str:
    """Say in how many pairs of war and peace journalism the evidence of all outlets leans to which pole.

    Parameters
    ----------
    pairs : pandas.DataFrame
        From `analysis.framing.war_peace`.

    Examples
    --------
    >>> leaning(pd.DataFrame({"item": ["differences / agreement"], "k": [8], "n": [20]}))
    'In “differences / agreement” the evidence leans to peace: 8 of 20 sentences are of the war pole'
    """
    sums = pairs.groupby("item")[["k", "n"]].sum() if len(pairs) else pd.DataFrame({"k": [], "n": []})
    sums = sums.loc[sums["n"] >= ENOUGH_EVIDENCE]
    if sums.empty:
        return "No pair of war and peace journalism has ten evidence sentences"
    if len(sums) > 1:
        war, peace = int((2 * sums["k"] > sums["n"]).sum()), int((2 * sums["k"] < sums["n"]).sum())
        return f"The evidence leans to war in {war} of {len(sums)} pairs, to peace in {peace}"
    name, k, n = str(sums.index[0]), int(sums["k"].iloc[0]), int(sums["n"].iloc[0])
    pole = "to war" if 2 * k > n else "to peace" if 2 * k < n else "to neither pole"
    return f"In “{name}” the evidence leans {pole}: {k} of {n} sentences are of the war pole"


def named_parties(rows: pd.DataFrame) -> str:
    """Say how often which kind of responsibility is given, and to whom most often.

    Parameters
    ----------
    rows : pandas.DataFrame
        From `analysis.framing.responsibility`.

    Examples
    --------
    >>> named_parties(pd.DataFrame({"kind": ["cause", "cause"], "party": ["Ministry", "Ministry"]}))
    'Words of cause or blame: 2, most beside Ministry (2)'
    """
    parts = []
    for kind in KINDS:
        parties = rows.loc[rows["kind"] == kind, "party"].value_counts()
        if len(parties):
            most = sorted(str(name) for name in parties[parties == parties.max()].index)[0]
            beside = f", most beside {most} ({parties.max()})" if parties.max() > 1 else ""
            parts.append(f"of {_KINDS[kind]}: {parties.sum()}{beside}")
    return f"Words {'; '.join(parts)}" if parts else "No word of responsibility has a named party"


def loudest(words: pd.DataFrame) -> str:
    """Say how many words of praise and blame stand beside names, and beside whose most.

    Parameters
    ----------
    words : pandas.DataFrame
        From `analysis.framing.evaluative_words`, in the voice that is meant.

    Examples
    --------
    >>> loudest(pd.DataFrame({"leaning": ["blaming", "praising", "blaming"], "actor": ["Sarr", "Quill", "Sarr"]}))
    '2 words of blame and 1 of praise stand beside a name, most beside Sarr (2)'
    """
    if words.empty:
        return "No word of praise or blame stands beside a name in the outlets’ own voice"
    blame, praise = (int((words["leaning"] == kind).sum()) for kind in ("blaming", "praising"))
    actors = words["actor"].value_counts()
    most = sorted(str(name) for name in actors[actors == actors.max()].index)[0]
    beside = f", most beside {most} ({actors.max()})" if actors.max() > 1 else ""
    return f"{blame} word{'s' * (blame != 1)} of blame and {praise} of praise stand beside a name{beside}"
