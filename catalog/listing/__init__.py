"""What the public pages show, read in few queries and ready to print.

chips.py     a link: what sort it is and whose
branches.py  the tree, whole or narrowed to what a search found
kin.py       where a record stands among its relatives
facts.py     what is known of a model, and what is not recorded yet
history.py   what changed in public, and when
pages.py     the list, a section of it, an entry: one frozen value each
"""

from catalog.listing.branches import ListedBranch
from catalog.listing.chips import Chip
from catalog.listing.pages import (
    EntryPage,
    GroupedList,
    SectionPage,
    entry_page,
    grouped_list,
    section_page,
)

__all__ = [
    "Chip",
    "EntryPage",
    "GroupedList",
    "ListedBranch",
    "SectionPage",
    "entry_page",
    "grouped_list",
    "section_page",
]
