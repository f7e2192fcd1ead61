"""The only bridge between the database and the Markdown file.

Import takes what a file says into the rows; export writes what the rows say into the file. Both
stand on a Snapshot: a text on which the two sides agreed. Read in this order:

    rows.py        what the published rows say, and which row says it
    snapshots.py   the texts that were agreed on; which of them a file descends from
    stops.py       what must not happen unseen, in sentences
    importing.py   import_readme
    writing.py     edits become writes
    exporting.py   export_readme
    files.py       a file is replaced in one step; texts compared line by line
"""

from catalog.sync.exporting import (
    CannotExport,
    ExportReport,
    export_readme,
    export_text,
    plan_export,
)
from catalog.sync.files import changed_lines, diff
from catalog.sync.importing import ImportReport, import_readme
from catalog.sync.rows import Counts, catalogue_is_empty

__all__ = [
    "CannotExport",
    "Counts",
    "ExportReport",
    "ImportReport",
    "catalogue_is_empty",
    "changed_lines",
    "diff",
    "export_readme",
    "export_text",
    "import_readme",
    "plan_export",
]
