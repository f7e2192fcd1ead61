"""The OpenAPI document: made once in a process, because making it takes longer than all else."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import condition, require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer


class Description(NamedTuple):
    text: bytes
    etag: str


@cache
def description() -> Description:
    document: Any = SchemaGenerator().get_schema(request=None, public=True)
    text = OpenApiJsonRenderer().render(document, renderer_context={})
    return Description(text, f'"{hashlib.sha256(text).hexdigest()[:16]}"')


@require_safe
@condition(etag_func=lambda request: description().etag)
def openapi(request: HttpRequest) -> HttpResponse:
    return HttpResponse(description().text, content_type="application/vnd.oai.openapi+json")
