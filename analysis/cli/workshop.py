"""``analysis workshop``: list the lessons, write the learners' and the teacher's copies."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(
    no_args_is_help=True, help="List the lessons; write copies for learners and for the teacher."
)


@app.command("list")
def list_lessons() -> None:
    """List the lessons with their numbers."""
    from analysis.workshop import lessons

    for lesson in lessons():
        print(f"{lesson.number}  {lesson.title}")


@app.command(short_help="Write the learners' copy and the teacher's.")
def make(
    lesson: Annotated[int, typer.Option(help="Number of the lesson; 0 makes all of them.")] = 0,
    out: Annotated[str, typer.Option(help="Folder to write into; made if it is not there.")] = "workshop",
) -> None:
    """Write the learners' copy (solutions removed) and the teacher's copy of a lesson."""
    from analysis.workshop import lessons
    from analysis.workshop import make as write

    for number in [lesson] if lesson else [each.number for each in lessons()]:
        learner, teacher = write(number, out)
        print(f"{learner} for learners, {teacher} for the teacher")
