"""Write what was gathered as a file: CSV and JSON piece by piece, a workbook once everything is there."""

from __future__ import annotations

import asyncio
import csv
import io
from contextlib import closing
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import orjson

from schema.calendar import TEHRAN
from web.jobs.values import DAYS, NUMBERS, Value, harmless, heads, jalali
from web.localisation import as_day

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence
    from pathlib import Path

    from web.localisation import Localisation
    from web.page import Column

KINDS: Final = {
    "XLSX": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "CSV": "text/csv; charset=utf-8",
    "JSON": "application/json",
}
ROWS_OF_A_SHEET: Final = 1_000_000
_PIECE: Final = 256 * 1024
_OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}

Rows = list[list[Value]]


def csv_piece(columns: Sequence[Column], rows: Rows, reader: Localisation, *, first: bool) -> bytes:
    """Write rows as CSV; the first piece begins with the mark by which Excel knows UTF-8, and the headings."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    if first:
        written.write("\ufeff")
        writer.writerow([harmless(head) for head in heads(columns, reader)])
    for row in rows:
        cells: list[Value] = []
        for column, value in zip(columns, row, strict=True):
            cells.append(harmless(value) if isinstance(value, str) and column.kind not in DAYS else value)
            if column.kind in DAYS:
                cells.append(jalali(value))
        writer.writerow(["" if cell is None else cell for cell in cells])
    return written.getvalue().encode()


def json_piece(columns: Sequence[Column], rows: Rows, *, first: bool, last: bool) -> bytes:
    """Write rows as objects of one JSON list that is whole once every piece is there."""
    objects = []
    for row in rows:
        cells: dict[str, Value] = {}
        for column, value in zip(columns, row, strict=True):
            cells[column.name] = value
            if column.kind in DAYS:
                cells[f"{column.name}Jalali"] = jalali(value)
        objects.append(orjson.dumps(cells))
    begun = b"[" if first else b",\n" if objects else b""
    return begun + b",\n".join(objects) + (b"]\n" if last else b"")


async def write_workbook(
    path: Path, columns: Sequence[Column], parts: AsyncIterator[bytes], reader: Localisation, title: str
) -> None:
    """Write a workbook from rows that arrive as JSON, part by part."""
    with closing(_Workbook(path, columns, reader, title)) as book:
        async for part in parts:
            await asyncio.to_thread(book.add, orjson.loads(part))
        await asyncio.to_thread(book.close)


def pieces(path: Path) -> Iterator[bytes]:
    """Yield a file in pieces."""
    with path.open("rb") as written:
        while piece := written.read(_PIECE):
            yield piece


class _Workbook:
    """A workbook that is written row by row, from right to left for readers of Persian."""

    def __init__(self, path: Path, columns: Sequence[Column], reader: Localisation, title: str) -> None:
        import xlsxwriter  # noqa: PLC0415 - as long to read as all our pages, and few ask for a workbook

        self._book = xlsxwriter.Workbook(str(path), _OPTIONS)
        self._columns = columns
        self._reader = reader
        self._title = "".join(letter for letter in title if letter not in "[]:*?/\\'")[:25] or "1"
        self._bold = self._book.add_format({"bold": True})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._moment = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self._sheet: Any = None
        self._row = ROWS_OF_A_SHEET
        self._closed = False
        self._begin()

    def _begin(self) -> None:
        number = len(self._book.worksheets()) + 1
        self._sheet = self._book.add_worksheet(self._title if number == 1 else f"{self._title} {number}")
        if self._reader.direction == "rtl":
            self._sheet.right_to_left()
        self._sheet.freeze_panes(1, 1)
        written = heads(self._columns, self._reader)
        self._sheet.set_column(0, len(written) - 1, 22)
        for place, words in enumerate(written):
            self._sheet.write_string(0, place, words, self._bold)
        self._row = 1

    def add(self, rows: Rows) -> None:
        """Write rows below the others."""
        for row in rows:
            if self._row >= ROWS_OF_A_SHEET:
                self._begin()
            place = 0
            for column, value in zip(self._columns, row, strict=True):
                self._cell(place, column, value)
                place += 2 if column.kind in DAYS else 1
            self._row += 1

    def _cell(self, place: int, column: Column, value: Value) -> None:
        sheet = self._sheet
        if value is None:
            return
        if column.kind in DAYS:
            if column.kind == "moment" and isinstance(value, str):
                moment = datetime.fromisoformat(value).astimezone(TEHRAN).replace(tzinfo=None)
                sheet.write_datetime(self._row, place, moment, self._moment)
            else:
                sheet.write_datetime(self._row, place, as_day(value), self._day)
            sheet.write_string(self._row, place + 1, jalali(value) or "")
        elif column.kind in NUMBERS and isinstance(value, int | float):
            sheet.write_number(self._row, place, value)
        else:
            sheet.write_string(self._row, place, str(value))

    def close(self) -> None:
        """Finish the file."""
        if not self._closed:
            self._closed = True
            self._book.close()
