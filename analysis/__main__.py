"""``python -m analysis`` is the ``analysis`` command."""

import sys

try:
    from analysis.cli import main
except ModuleNotFoundError as error:
    sys.exit(
        f"analysis: the library {error.name!r} is missing: this is a Python without the kit. Run `make setup` once, then "
        "`.venv/bin/python -m analysis`, or `source .venv/bin/activate` and `analysis`"
    )

main()
