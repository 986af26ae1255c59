"""The ``analysis`` command: read, report, batch, verify, parameters, codebook, workshop.

Only these modules print. Errors that a user can do something about end the run with one line on standard error and
exit status 2; a report that failed or does not verify, with status 1.
"""

from __future__ import annotations

import sys

import typer

from analysis.cli import codebook, read, report, workshop
from analysis.errors import FULL, AnalysisError

app = typer.Typer(
    name="analysis",
    help="Compare how news outlets cover the same events: actors, places, framing.\n\n"
    "Begin with `analysis read FOLDER`, then `analysis report --corpus FOLDER`, then open reports/index.html.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)
app.command(short_help="Read and annotate articles into a store.")(read.read)
app.command(short_help="Make reports from notebooks.")(report.report)
app.command(short_help="Make all reports of a batch file.")(report.batch)
app.command(short_help="Make a report again and compare the bytes.")(report.verify)
app.command(short_help="List the parameters of a notebook.")(report.parameters)
app.add_typer(
    codebook.app, name="codebook", short_help="Check a codebook, draw a coding sheet, compare codes."
)
app.add_typer(workshop.app, name="workshop", short_help="List the lessons, write the copies of a class.")


def main() -> None:
    """Run the command, and turn errors into one readable line."""
    try:
        app()
    except AnalysisError as error:
        print(f"analysis: {error}", file=sys.stderr)
        sys.exit(2)
    except OSError as error:
        if error.filename is None and error.errno in FULL:
            print(
                f"analysis: {error.strerror}; make room, or name another place with --out or --store; what was finished "
                "is kept",
                file=sys.stderr,
            )
            sys.exit(2)
        if error.filename is None:
            raise
        print(
            f"analysis: {error.filename}: {error.strerror}; if this is where something is to be written, name another place "
            "with --out or --store",
            file=sys.stderr,
        )
        sys.exit(2)
    except KeyboardInterrupt:
        print(
            "analysis: stopped; what was finished is kept, the same command goes on from there",
            file=sys.stderr,
        )
        sys.exit(130)
