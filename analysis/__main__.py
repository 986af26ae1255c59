"""``python -m analysis`` is the ``analysis`` command."""

from analysis.cli import main

main()
