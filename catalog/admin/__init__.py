"""The curator's desk: Django's admin, with every write going through `catalog.changes`.

desk.py         the first page: what waits, and where to go on
waiting.py      changes waiting for export, to read, to commit, to download
recorded.py     one request that writes is one ChangeSet; what a deletion takes along; history
preview.py      what a change does to README.md, before it is kept and after
forms.py        what a list can say, and nothing else
places.py       where a record stands among its siblings
records.py      organisations, models, resources, the list's own words
changelists.py  the lists: the tree, filters, counts
children.py     what stands below a record, in one order
orders.py       moves among names
pasted.py       pasted addresses
imports.py      a text, the plan of its import, the import itself
offers.py       the import that waits: one click for each conflict
memory.py       change sets, to read and to undo
snapshots.py    the texts that were taken or handed out, and the way back to one
people.py       who may sit here
"""

from django.contrib import admin

from catalog.admin import memory, people, records, snapshots

__all__ = ["memory", "people", "records", "snapshots"]

admin.site.site_header = "Catalogue"
admin.site.site_title = "Catalogue"
admin.site.index_title = "The curator's desk"
