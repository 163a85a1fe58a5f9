"""What a page of the view exports, as a file that the browser has saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


def exported(page: Any, label: str) -> Path:
    """The file that an entry of the export menu gives."""
    page.click("#export")
    with page.expect_download() as download:
        page.get_by_role("menuitem", name=label).click()
    return download.value.path()  # type: ignore[no-any-return]
