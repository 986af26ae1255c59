"""Adapter for the golden numbers of text statistics: each item through the package's public functions."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.text import association, collocation, dispersion, diversity, frequencies, keyness, readability
from analysis.text.concordance import concordance
from analysis.text.counts import count
from analysis.text.tokens import tokenise, words

Input = Mapping[str, Any]
Measure = Callable[[Input], Any]


def predict(inputs: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Compute one value an item; a measure that is not offered is skipped by name."""
    for item in inputs:
        name, size = _named(str(item["measure"]))
        measure = MEASURES.get(name)
        if measure is None:
            yield {"id": item["id"], "skip": f"{item['measure']} is not offered"}
            continue
        given = dict(item["input"]) | ({"size": size} if size else {})
        yield {"id": item["id"], "value": _plain(measure(given))}


def _named(name: str) -> tuple[str, int]:
    """Split a window off the name of a measure: ``mattr_20`` is ``mattr`` with 20."""
    found = re.fullmatch(r"(msttr|mattr|kwic_window)_?(\d+)", name)
    return (found[1], int(found[2])) if found else (name, 0)


def _plain(value: Any) -> Any:
    if isinstance(value, np.generic | np.ndarray):
        value = value.tolist()
    if isinstance(value, float):
        if math.isnan(value):
            return None
        if math.isinf(value):
            return "Infinity" if value > 0 else "-Infinity"
    return value


def table(given: Input) -> tuple[float, float, float, float]:
    """Read a 2 × 2 table in any of its three notations as a, b, n1, n2."""
    if "cells" in given:
        a, c, b, d = (float(cell) for cell in given["cells"])
        return a, b, a + c, b + d
    if "n_ii" in given:
        pair, first, second, total = (float(given[key]) for key in ("n_ii", "n_ix", "n_xi", "n_xx"))
        return pair, second - pair, first, total - first
    return tuple(float(given[key]) for key in ("a", "b", "n1", "n2"))  # type: ignore[return-value]


def corpus(texts: Iterable[str], groups: Iterable[str] | None = None) -> pd.DataFrame:
    bodies = list(texts)
    names = list(groups) if groups is not None else ["all"] * len(bodies)
    return pd.DataFrame(
        {"article_id": [f"{at:06}" for at in range(len(bodies))], "outlet": names, "body": bodies}
    )


def _order(given: Input, measure: str) -> list[str]:
    counts = count(corpus([given["d1"], given["d2"]], ["d1", "d2"]))
    other = "d2" if given["target"] == "d1" else "d1"
    n = {group: np.asarray(counts.of(group).sum(axis=0)).ravel() for group in ("d1", "d2")}
    cells = (n[given["target"]], n[other], n[given["target"]].sum(), n[other].sum())
    value = (
        association.chi_squared(*cells, correction="conditional")
        if measure == "chi2"
        else association.log_likelihood(*cells)
    )
    ordered = pd.DataFrame({"form": counts.forms.to_list(), "value": np.round(value, 9)})
    return ordered.sort_values(["value", "form"], ascending=[False, True])["form"].tolist()


def _expanded(text: str) -> str:
    """Write out ``{very*1000}``."""
    return re.sub(r"\{(\w+)\*(\d+)\}", lambda found: " ".join([found[1]] * int(found[2])), text)


def _dirichlet(given: Input) -> float:
    bags = [_expanded(given[name]).split() for name in ("doc1", "doc2")]
    vocabulary = sorted({word for bag in bags for word in bag})
    prior = [float(given["prior_of"].get(word, given["prior"])) for word in vocabulary]
    y1, y2 = ([bag.count(word) for word in vocabulary] for bag in bags)
    return float(keyness.log_odds(y1, y2, prior=prior)["z"][vocabulary.index(given["word"])])


def _informative(given: Input) -> float:
    return float(keyness.log_odds(given["y1"], given["y2"], prior=given["alpha"])["z"][given["item"]])


def _dispersion(column: str) -> Measure:
    def measure(given: Input) -> Any:
        found = dispersion.dispersion(corpus(given["parts"]), by=None, minimum=1).set_index("form")
        return float(found.loc[given["word"], column])

    return measure


def _pair(column: str) -> Measure:
    def measure(given: Input) -> float:
        found = collocation.collocations(corpus(given["texts"]), minimum=1).set_index("form")
        return float(found.loc[given["pair"].lower(), column])

    return measure


def _readable(column: str) -> Measure:
    def measure(given: Input) -> float:
        return float(readability.readability(corpus([given["text"]]))[column].iloc[0])

    return measure


def _diverse(column: str) -> Measure:
    def measure(given: Input) -> float:
        if "frequency_spectrum" in given:
            return diversity.yule_k({int(times): int(n) for times, n in given["frequency_spectrum"].items()})
        return float(
            diversity.lexical_diversity(words(given["text"]), window=given.get("size", diversity.WINDOW))[
                column
            ]
        )

    return measure


def _frequency(given: Input) -> list[int]:
    found = frequencies.frequencies(corpus(given["texts"]), by=None).set_index("form")
    return [int(found.loc[given["word"], column]) for column in ("n", "rank", "documents")]


def _kwic(given: Input) -> list[list[Any]]:
    articles = corpus([given["text"]])
    places = tokenise(articles)
    phrase = given["phrase"]
    found = concordance(articles, f'"{phrase}"' if " " in phrase else phrase, window=given["size"])
    starts, ends = places["start"].to_numpy(), places["end"].to_numpy()
    return [
        [
            int(np.searchsorted(starts, row.start, side="right")),
            int(np.searchsorted(ends, row.end, side="left")) + 1,
            row.left,
            row.right,
        ]
        for row in found.itertuples()
    ]


def _of_table(function: Callable[..., Any], **options: Any) -> Measure:
    return lambda given: float(function(*table(given), **options))


def _association(column: str) -> Measure:
    def measure(given: Input) -> float:
        a, b, n1, n2 = (np.array([value]) for value in table(given))
        return float(collocation.association_table(a, b, n1, n2)[column].iloc[0])

    return measure


def _williams_p(given: Input) -> float:
    return float(association.p_value(association.log_likelihood(*table(given))))


LL, CHI = association.log_likelihood, association.chi_squared
MEASURES: dict[str, Measure] = {
    "log_likelihood_4cell": _of_table(LL, signed=False),
    "log_likelihood_4cell_signed": _of_table(LL),
    "log_likelihood_4cell_williams": _of_table(LL, williams=True, signed=False),
    "log_likelihood_4cell_williams_signed": _of_table(LL, williams=True),
    "log_likelihood_2cell": _of_table(LL, cells=2, signed=False),
    "log_likelihood_2cell_signed": _of_table(LL, cells=2),
    "log_likelihood_4cell_p": _williams_p,
    "chi2_pearson": _of_table(CHI, signed=False),
    "chi2_signed": _of_table(CHI),
    "chi2_yates": _of_table(CHI, correction="yates", signed=False),
    "chi2_yates_signed": _of_table(CHI, correction="yates"),
    "chi2_signed_conditional_yates": _of_table(CHI, correction="conditional"),
    "fisher_odds_ratio_conditional": lambda given: float(association.fisher(*table(given))[0]),
    "fisher_p_two_sided": lambda given: float(association.fisher(*table(given))[1]),
    "pmi_ln": _of_table(association.pointwise_mutual_information, base=math.e),
    "pmi_log2": _of_table(association.pointwise_mutual_information),
    "bic_of_2cell_ll": _of_table(association.bayes_factor),
    "log_ratio": _of_table(association.log_ratio),
    "odds_ratio_sample": _of_table(association.odds_ratio),
    "percent_diff": _of_table(association.percent_difference),
    "t_score": _association("t_score"),
    "keyness_order_chi2": lambda given: _order(given, "chi2"),
    "keyness_order_log_likelihood": lambda given: _order(given, "log_likelihood"),
    "dirichlet_z": _dirichlet,
    "informative_dirichlet_z": _informative,
    "vc": _dispersion("vc"),
    "juilland_d": _dispersion("juilland_d"),
    "rosengren_s": _dispersion("rosengren_s"),
    "gries_dp": _dispersion("dp"),
    "gries_dp_norm": _dispersion("dp_norm"),
    "kl_divergence_log2": _dispersion("kl_divergence"),
    "range": _dispersion("range"),
    "sd_population": _dispersion("sd"),
    "lambda_smoothed": _pair("lambda_"),
    "lambda_z": _pair("z"),
    "flesch": _readable("flesch"),
    "flesch_kincaid": _readable("flesch_kincaid"),
    "gunning_fog": _readable("gunning_fog"),
    "smog": _readable("smog"),
    "frequency_rank_docfreq": _frequency,
    "kwic_window": _kwic,
    **{
        name: _diverse(name)
        for name in (
            "ttr",
            "root_ttr",
            "corrected_ttr",
            "herdan_c",
            "summer_s",
            "dugast_u",
            "msttr",
            "mattr",
            "mtld",
            "hdd",
            "yule_k",
        )
    },
}
