"""The only bridge between the database and the Markdown file.

Import takes what a file says into the rows; export writes what the rows say into the file. Both
stand on a Snapshot: a text on which the two sides agreed. Read in this order:

    rows.py        what the published rows say, and which row says it
    snapshots.py   the texts that were agreed on; which of them a file descends from
    importing.py   import_readme
    planning.py    the file against the rows: what would be done, or why it stops
    stops.py       what must not happen unseen, in sentences
    wanted.py      what the rows shall say: the file's tree, and in it what only they have
    withheld.py    drafts, and what the file says of them
    questions.py   what only people decide, and what they chose
    offers.py      imports that wait for such choices
    authors.py     who last changed what is asked about
    writing.py     what is wanted becomes writes
    exporting.py   export_readme
    syncing.py     sync_readme
    previewing.py  what writes that are not kept yet do to the file
    waiting.py     what an export would write now, and who changed what
    commit_message.py   how a commit tells it
    comparing.py   two texts, as a reader of a pull request wants to know it; no database
    columns.py     what the tables of the newest text have a place for
    canonical.py   the list in our own form, its kept text in place
    unstatable.py  which value a list cannot hold, in sentences
    files.py       a file is replaced in one step; texts compared line by line
    lines.py       which lines a change alters, by their numbers
"""

from catalog.sync.columns import columns_below, columns_of
from catalog.sync.commit_message import commit_message, message_for
from catalog.sync.comparing import ListChange, ListComparison, Quoted, compare_lists
from catalog.sync.exporting import (
    CannotExport,
    ExportReport,
    export_readme,
    export_text,
    lines_never_imported,
    plan_export,
)
from catalog.sync.files import changed_lines, diff, replace_file
from catalog.sync.findings import Found, findings, intend, intend_no_more, worth_a_look
from catalog.sync.importing import (
    ImportReport,
    PlanOutdated,
    import_offer,
    import_readme,
    read_list,
    text_of,
)
from catalog.sync.lines import AlteredLines, altered_lines
from catalog.sync.offers import (
    NotAsked,
    Offered,
    OfferGone,
    choose,
    dismiss,
    take_back,
    what_is_offered,
)
from catalog.sync.previewing import Preview, Standing, preview, standing
from catalog.sync.questions import Choice, Question
from catalog.sync.rows import Counts, catalogue_is_empty, links_in_rows
from catalog.sync.snapshots import NoSuchBase, is_known, newest_text
from catalog.sync.syncing import SyncReport, sync_readme
from catalog.sync.waiting import Waiting, what_waits

__all__ = [
    "AlteredLines",
    "CannotExport",
    "Choice",
    "Counts",
    "ExportReport",
    "Found",
    "ImportReport",
    "ListChange",
    "ListComparison",
    "NoSuchBase",
    "NotAsked",
    "OfferGone",
    "Offered",
    "PlanOutdated",
    "Preview",
    "Question",
    "Quoted",
    "Standing",
    "SyncReport",
    "Waiting",
    "altered_lines",
    "catalogue_is_empty",
    "changed_lines",
    "choose",
    "columns_below",
    "columns_of",
    "commit_message",
    "compare_lists",
    "diff",
    "dismiss",
    "export_readme",
    "export_text",
    "findings",
    "import_offer",
    "import_readme",
    "intend",
    "intend_no_more",
    "is_known",
    "lines_never_imported",
    "links_in_rows",
    "message_for",
    "newest_text",
    "plan_export",
    "preview",
    "read_list",
    "replace_file",
    "standing",
    "sync_readme",
    "take_back",
    "text_of",
    "what_is_offered",
    "what_waits",
    "worth_a_look",
]
