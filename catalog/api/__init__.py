"""The catalogue for programs: read-only, in JSON, and only what is published.

serializers.py   what an answer says of a record
order.py         the order of the list, page by page, and the path of a model
paging.py        pages of an answer; a page that is not there is refused
views.py         which records are asked for
description.py   the OpenAPI document
urls.py          the addresses, a contract: their words stay, whatever the list calls its records
"""
