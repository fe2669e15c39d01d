"""What stands on each printed page, so that an EPUB's page breaks can stand at the very word."""

from __future__ import annotations

from typing import Final

from quire.editions.letters import letters_of
from quire.editions.typesetting.trims import Page

__all__ = ["letters_by_folio"]

_HAIR: Final = 4.0
"""How far above the text, in points, a tall letter of its first line may reach."""


def letters_by_folio(content: bytes, page: Page) -> dict[str, str]:
    """Folio → the letters of the page's text, in its order, running head and folio aside.

    Args:
        content: the PDF, with trim boxes.
        page: the measures that it was set with.

    Returns:
        Letters alone, as `letters_of` knows them. Words in pictures are among them.
    """
    import pypdfium2

    found: dict[str, str] = {}
    document = pypdfium2.PdfDocument(content)
    try:
        for number in range(len(document)):
            sheet = document[number]
            _, _, _, top = sheet.get_trimbox()
            first = top - page.top + _HAIR
            text = sheet.get_textpage().get_text_bounded(
                top=first, bottom=first - _HAIR - page.lines * page.pitch
            )
            folio = document.get_page_label(number) or str(number + 1)
            found[folio] = letters_of(text)
    finally:
        document.close()
    return found
