"""Checks the whole database, and says what was counted."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cubaru.core.progress import progress_bar
from cubaru.core.verification import verify


class Command(BaseCommand):
    help = (
        "Checks the ledger's chain, the editions, the records, the dates: exit code 1 if anything is wrong."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with progress_bar(0, "Verifying") as bar:
            findings = verify(progress=bar.update)
        for finding in findings:
            self.stdout.write(f"{finding.counted:>8}  {finding.name}: {len(finding.faults) or 'no'} faults")
        faults = [fault for finding in findings for fault in finding.faults]
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} faults were found; they are listed above.")
