"""Run notebooks into sealed reports: check parameters, execute, normalise, render, hash, list, verify.

`jobs` names what is to be made; `run` makes it, in processes, and skips what is unchanged; `verify` makes a report
again and compares. Importing this package loads neither papermill nor matplotlib, so that a run in which nothing
changed is over at once.
"""

from analysis.reports.batch import batch
from analysis.reports.job import Job, Outcome, jobs
from analysis.reports.parameters import Parameter, checked, read_parameters
from analysis.reports.run import run
from analysis.reports.verify import Verdict, verify

__all__ = [
    "Job",
    "Outcome",
    "Parameter",
    "Verdict",
    "batch",
    "checked",
    "jobs",
    "read_parameters",
    "run",
    "verify",
]
