"""How well names, statements and actions are read, in the words of a report's limits."""

from __future__ import annotations


def how_well(engine: str) -> list[str]:
    """Say how well names and statements are found by an engine, in the words of a report's limits.

    Examples
    --------
    >>> how_well("rules")[0]
    'Names are found by word lists and by weights of single words; on news of other topics about one name in six is missed or wrong. Each merged spelling stands in the ledger below and can be overruled in aliases.csv.'
    """
    ledger = "Each merged spelling stands in the ledger below and can be overruled in aliases.csv."
    if engine == "rules":
        return [
            "Names are found by word lists and by weights of single words; on news of other topics about one name in six is "
            f"missed or wrong. {ledger}",
            "Statements are found by quotation marks and the words beside a reporting verb: about six in ten of those readers "
            "mark, and seven in ten found are right; one source in five is another than readers say.",
        ]
    return [
        "Names are found by a small language model, corrected by word lists; on news of other topics about one name in ten is "
        f"missed or wrong. {ledger}",
        "Statements are found by a small model trained on political news: about seven in ten of those readers mark, and seven "
        "in ten found are right; quotations in marks do better than paraphrase.",
        "Actions are read from grammar: of ten with a class, about nine have the right one, and nine the right doer and target.",
    ]
