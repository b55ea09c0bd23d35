"""Reading an uploaded file as a table, whatever kind of file it is."""

from django.utils.translation import gettext as _

from cubaru.core.tables.csv_files import read_csv
from cubaru.core.tables.files import MOST_BYTES, FileTable, TableError
from cubaru.core.tables.xlsx_files import is_xlsx, read_xlsx


def read_table(content: bytes, *, encoding: str = "", delimiter: str = "") -> FileTable:
    """The table in a CSV or XLSX file. Raises TableError."""
    if len(content) > MOST_BYTES:
        raise TableError(
            _("The file is larger than %(most)d MB; import it in parts.") % {"most": MOST_BYTES // 2**20}
        )
    if is_xlsx(content):
        return read_xlsx(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise TableError(_("This is an old XLS file: save it as XLSX or CSV."))
    return read_csv(content, encoding, delimiter)
