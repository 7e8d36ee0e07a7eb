"""No cell of a file is kept: its counts and sentences stay."""

from tisu.exchange.models import ImportRun


def empty(run: ImportRun) -> None:
    run.staged.all().delete()
    run.findings.update(value="")
    ImportRun.objects.filter(pk=run.pk).update(sample=[], file="")
