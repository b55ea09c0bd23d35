"""Forms of an import: which file into which table, and which column each heading means."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cubaru.core.models import ChangeSet
from cubaru.core.roles import Right, User, may
from cubaru.core.tables.csv_files import ENCODINGS
from cubaru.core.tables.files import MOST_BYTES, MOST_ROWS, FileTable, TableError
from cubaru.core.tables.headings import title_of
from cubaru.core.tables.kinds import Table, tables
from cubaru.core.tables.reading import read_table


def may_import(user: User, table: Table) -> bool:
    """Whether the user may import into the table: into all records that its rows may change."""
    return all(may(user, Right.IMPORT, kind.model) for kind in table.changed_kinds)


def tables_for(user: User) -> list[Table]:
    return [table for table in tables() if may_import(user, table)]


class UploadForm(forms.Form):
    """The file is read, and only what stands in its cells is kept."""

    table = forms.ChoiceField(label=_("Kind of record"))
    file = forms.FileField(label=_("File"), widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}))
    encoding = forms.ChoiceField(
        label=_("Encoding"),
        required=False,
        help_text=_("Of a CSV file; choose one if letters come out wrong."),
    )
    why = forms.CharField(
        label=_("Reason for the change"),
        required=False,
        max_length=300,
        help_text=_("Kept in the history, beside your name."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    #: What the file holds, once the form is valid.
    read: FileTable

    def __init__(self, chosen: Sequence[Table], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        self.tables = {table.name: table for table in chosen}
        self.fields["table"].choices = [(table.name, table.label) for table in chosen]  # type: ignore[attr-defined]
        self.fields["encoding"].choices = [("", _("told by the file")), *ENCODINGS.items()]  # type: ignore[attr-defined]
        self.fields["file"].help_text = gettext(
            "CSV or XLSX, at most %(rows)d rows and %(size)d MB; headings in the first row."
        ) % {"rows": MOST_ROWS, "size": MOST_BYTES // 2**20}

    def clean_file(self) -> Any:
        if self.cleaned_data["file"].size > MOST_BYTES:  # before it is read into memory
            raise ValidationError(
                gettext("The file is larger than %(most)d MB; import it in parts.")
                % {"most": MOST_BYTES // 2**20}
            )
        return self.cleaned_data["file"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "file" in data:
            try:
                self.read = read_table(data["file"].read(), encoding=data.get("encoding", ""))
            except TableError as error:
                self.add_error("file", str(error))
        return data

    @property
    def table_chosen(self) -> Table:
        return self.tables[self.cleaned_data["table"]]


class ColumnsForm(forms.Form):
    """For each heading of the file the column that it means."""

    empties = forms.ChoiceField(
        label=_("Empty cells"),
        choices=[("", _("leave what the record has")), ("1", _("take away what the record has"))],
        required=False,
    )

    def __init__(self, change_set: ChangeSet, table: Table, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        self.change_set = change_set
        self.initial["empties"] = "1" if change_set.empties else ""
        choices: list[tuple[str, Any]] = [("", _("— left out —"))]
        choices += [(column.path, f"{title_of(column)} ({column.path})") for column in table.columns]
        first = change_set.rows.order_by("number").first()
        self.samples = first.cells if first else []
        for number, (heading, path) in enumerate(zip(change_set.headings, change_set.columns, strict=True)):
            self.fields[f"column-{number}"] = forms.ChoiceField(
                label=heading, choices=choices, required=False, initial=path
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        seen: dict[str, str] = {}
        for name, path in self._chosen(data):
            if path and path in seen:
                self.add_error(
                    name, gettext("“%(heading)s” is this column already.") % {"heading": seen[path]}
                )
            seen[path] = str(self.fields[name].label)
        return data

    def save(self) -> None:
        self.change_set.columns = [path for _name, path in self._chosen(self.cleaned_data)]
        self.change_set.empties = bool(self.cleaned_data["empties"])
        self.change_set.save(update_fields=["columns", "empties"])

    def lines(self) -> list[tuple[forms.BoundField, str]]:
        """The fields of the headings, each with what stands below the heading in the file."""
        fields = [self[name] for name in self.fields if name.startswith("column-")]
        return list(zip(fields, [cell[:80] for cell in self.samples], strict=True))

    @property
    def left_out(self) -> int:
        return sum(not path for path in self.change_set.columns)

    def _chosen(self, data: dict[str, Any]) -> list[tuple[str, str]]:
        names = [name for name in self.fields if name.startswith("column-")]
        return [(name, data.get(name, "")) for name in names]
