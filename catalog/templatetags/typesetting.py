"""How pages set what the rows hold."""

from django import template
from django.utils.safestring import SafeString

from catalog import markup

register = template.Library()


@register.filter
def han(text: str) -> SafeString:
    """{{ name|han }}: escaped, its runs of Han marked as Chinese."""
    return markup.with_han(text)
