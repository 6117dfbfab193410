"""Markers on a page: {{ text|marked:book }}, with `book` from `selfeval.gather.citing.book_of`."""

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from selfeval.domain.markers import Marker, MarkerKind
from selfeval.domain.rendering import Book, Figure, Item, Piece, paragraphs

register = template.Library()


@register.filter
def marked(text: str, book: Book) -> SafeString:
    """A text as paragraphs. Evidence is a link with its title for who may open it; a figure is its value."""
    return format_html_join(
        "\n", '<p class="govuk-body">{}</p>', ((_joined(pieces, book),) for pieces in paragraphs(text or ""))
    )


@register.filter
def marked_inline(text: str, book: Book) -> SafeString:
    """The same without paragraphs, for a list point or a cell."""
    return format_html_join(" ", "{}", ((_joined(pieces, book),) for pieces in paragraphs(text or "")))


def _joined(pieces: tuple[Piece, ...], book: Book) -> SafeString:
    return format_html_join("", "{}", ((_shown(piece, book),) for piece in pieces))


def _shown(piece: Piece, book: Book) -> SafeString:
    if isinstance(piece, str):
        return linebreaksbr(piece)
    if piece.kind is MarkerKind.EVIDENCE:
        return _item(book.items.get(piece.text), piece)
    return _figure(book.figures.get(piece.text), piece)


def _item(item: Item | None, marker: Marker) -> SafeString:
    if item is None:
        return format_html("{}", marker.text)
    state = format_html(' <span class="app-marker__state">{}</span>', item.words) if item.words else ""
    if not item.url:
        return format_html('<span class="app-marker">[{}{}]</span>', item.code, state)
    about = ", ".join(part for part in (item.title, item.kind, item.partner, item.covers) if part)
    return format_html(
        '<span class="app-marker">[<a class="govuk-link" href="{}" title="{}">{}'
        '<span class="govuk-visually-hidden">: {}</span></a>{}]</span>',
        item.url,
        about,
        item.code,
        item.title,
        state,
    )


def _figure(figure: Figure | None, marker: Marker) -> SafeString:
    if figure is None:
        return format_html("{}", marker.text)
    if not figure.is_known:
        return format_html(
            '<span class="app-marker">{} <span class="app-marker__state">no such figure</span></span>', marker.text
        )
    if not figure.value:
        missing = f"{figure.name}: no figure published" + (f" for {figure.period}" if figure.period else "")
        return format_html('<span class="app-marker"><span class="app-marker__state">{}</span></span>', missing)
    value = figure.value
    if figure.is_symbol:
        value = format_html('<abbr title="{}">{}</abbr>', figure.symbol_words, figure.value)
    if figure.url:
        value = format_html(
            '<a class="govuk-link" href="{}" title="{}">{}<span class="govuk-visually-hidden"> {}</span></a>',
            figure.url,
            f"{figure.name}. {figure.source}",
            value,
            figure.name,
        )
    return format_html('<span class="app-marker app-marker--figure">{} ({})</span>', value, figure.period)
