"""What coding by people says of an indicator: coder against coder, and the kit against each of them."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.codebook import CodingSheet
from analysis.codebook.sheets import CODERS, NONE, answered
from analysis.text.agreement import agreement
from analysis.text.estimates import SEED
from analysis.text.intervals import wilson

KIT = "kit"
#: Krippendorff (2019): below this, an indicator does not bear even tentative conclusions.
TENTATIVE = 0.667
COLUMNS = ("indicator", "pair", "measure", "value", "low", "high", "n", "note")
_NAMES = {coder: coder.replace("_", " ") for coder in CODERS}


def coder_agreement(coded: CodingSheet, *, seed: int = SEED) -> pd.DataFrame:
    """Measure, for each indicator, how far two coders agree, and how far the kit agrees with each.

    Parameters
    ----------
    coded : CodingSheet
        From `analysis.codebook.read_sheet`: the filled sheet, and its key where it is there.
    seed : int, optional
        For the intervals of kappa and alpha; articles are resampled.

    Returns
    -------
    pandas.DataFrame
        ``indicator``; ``pair`` ("coder 1 / coder 2", "coder 1 / kit", …); ``measure``: percent agreement with Wilson's
        interval, kappa (Cohen, 1960), alpha (Krippendorff, 2019), and for the kit also "finds right", the share of its
        finds that the coder codes alike; ``value``, ``low``, ``high`` (95 %), ``n`` (sentences both coded), ``note``.
        Without a key there are no rows of the kit; without answers there are none at all.

    Raises
    ------
    CodebookError
        When an answer is almost one of the codes of its sentence, but not quite.

    Examples
    --------
    >>> sheet = pd.DataFrame({"code": list("abcd"), "indicator": "labels", "coder_1": list("xxyy"), "coder_2": list("xxyx")})
    >>> key = pd.DataFrame({"code": list("abcd"), "article_id": list("pqrs"), "kit": list("xxyy")})
    >>> table = coder_agreement(CodingSheet(sheet, key))
    >>> table.loc[table["pair"] == "coder 1 / coder 2", ["measure", "value", "n"]].round(2)
                 measure  value  n
    0  percent agreement   0.75  4
    1              kappa   0.50  4
    2              alpha   0.53  4
    """
    sheet = answered(coded.sheet) if "choices" in coded.sheet else coded.sheet
    judged = sheet.rename(columns=_NAMES)
    judged = judged.merge(coded.key[["code", "article_id", "kit"]], on="code", how="left")
    judged["kit"] = judged["kit"].replace("", NONE)
    rows: list[dict[str, object]] = []
    for indicator, part in judged.groupby("indicator", sort=True):
        for one, two in (tuple(_NAMES.values()), *((name, KIT) for name in _NAMES.values())):
            both = part[(part[one].fillna("") != "") & (part[two].fillna("") != "")]
            if len(both):
                rows.extend(
                    {"indicator": str(indicator), "pair": f"{one} / {two}", **row}
                    for row in _measured(both, one, two, seed)
                )
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _measured(both: pd.DataFrame, one: str, two: str, seed: int) -> Iterator[dict[str, object]]:
    long = both.melt(["code", "article_id"], [one, two], var_name="coder", value_name="answer")
    cluster = "article_id" if both["article_id"].notna().all() else None
    found = agreement(long, unit="code", coder="coder", code="answer", cluster=cluster, seed=seed)
    for row in found.to_dict("records"):
        yield {
            **{name: row[name] for name in ("measure", "value", "low", "high", "note")},
            "n": row["n_units"],
        }
    finds = both[both[two] != NONE]
    if two == KIT and len(finds):
        right = int((finds[one] == finds[two]).sum())
        low, high = wilson(right, len(finds))
        yield {
            "measure": "finds right",
            "value": right / len(finds),
            "low": float(low),
            "high": float(high),
            "n": len(finds),
            "note": "",
        }


def coder_limits(table: pd.DataFrame) -> list[str]:
    """Say in sentences what people's coding allows one to say of each indicator, for the box of limits.

    Parameters
    ----------
    table : pandas.DataFrame
        From `coder_agreement`.

    Examples
    --------
    >>> rows = [("labels", "coder 1 / coder 2", "alpha", 0.58, 0.31, 0.79, 40, ""),
    ...     ("labels", "coder 1 / kit", "percent agreement", 0.9, 0.77, 0.96, 40, "")]
    >>> for line in coder_limits(pd.DataFrame(rows, columns=list(COLUMNS))): print(line)
    labels, coded by people: alpha .58 (.31 to .79) between coders on 40 sentences; the kit agrees with coder 1 in 90 %. Below .67, so a way to sentences, not a measure.
    """
    if table.empty:
        return ["The coding sheet holds no sentence that two have coded, or that a coder and the kit have."]
    lines = []
    for indicator, part in table.groupby("indicator", sort=True):
        known = part[part["measure"] == "alpha"].dropna(subset=["value"])
        between = known[~known["pair"].str.endswith(KIT)]
        said = []
        if len(between):
            row = between.iloc[0]
            said.append(f"alpha {_figure(row)} between coders on {int(row['n'])} sentences")
        else:
            said.append("no alpha between coders")
        kit = part[part["pair"].str.endswith(KIT) & (part["measure"] == "percent agreement")]
        if len(kit):
            each = " and ".join(
                f"{str(pair).removesuffix(f' / {KIT}')} in {100 * float(value):.0f} %"
                for pair, value in zip(kit["pair"], kit["value"], strict=True)
            )
            said.append(f"the kit agrees with {each}")
        weak = len(between) and float(between.iloc[0]["value"]) < TENTATIVE
        end = " Below .67, so a way to sentences, not a measure." if weak else ""
        lines.append(f"{indicator}, coded by people: {'; '.join(said)}.{end}")
    return lines


def _figure(row: pd.Series) -> str:
    value, low, high = (f"{row[name]:.2f}".replace("0.", ".", 1) for name in ("value", "low", "high"))
    return value if pd.isna(row["low"]) else f"{value} ({low} to {high})"
