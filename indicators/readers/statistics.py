"""A data file of explore education statistics, read in a stream: memory stays flat however long it is."""

import codecs
import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import TextIOWrapper
from itertools import islice
from typing import BinaryIO, cast

from indicators.domain.file_shape import ColumnValues, Header, Shape, Unusable, find_shape, read_header

CHUNK = 1024 * 1024
ROWS = 2_000
SAMPLE = 5_000
# A set of distinct texts is emptied into the column's values when it grows beyond this.
MOST_SEEN = 20_000
DELIMITERS = ",;\t"
MOST_COLUMNS = 1_000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", ""),
    (codecs.BOM_UTF16_LE, "utf-16", "The file is UTF-16 text; it was read as that."),
    (codecs.BOM_UTF16_BE, "utf-16", "The file is UTF-16 text; it was read as that."),
)
_CP1252 = (
    "The file isn't UTF-8, as the publisher's files are: it was probably opened and saved by another program. It was "
    "read as Windows-1252; look whether names with accents are right."
)
Progress = Callable[[float], None]


@dataclass(slots=True)
class StatisticsFile:
    """An open file with its encoding and header known. `rows()` may be called again: it starts anew."""

    source: BinaryIO
    size: int
    encoding: str
    delimiter: str
    header: Header
    notes: list[str] = field(default_factory=list)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row with the number of its line, blank lines left out. Raises Unusable."""
        self.source.seek(0)
        text = TextIOWrapper(_unclosed(self.source), encoding=self.encoding, newline="")
        reader = csv.reader(text, delimiter=self.delimiter, strict=True)
        try:
            next(reader)
            for row in reader:
                if any(row):
                    yield reader.line_num, row
        except (csv.Error, UnicodeDecodeError) as error:
            raise Unusable(
                f"The file can't be read beyond line {reader.line_num + 1}: {_reason(error)}. Download it again."
            ) from error
        except StopIteration:
            return
        finally:
            text.detach()

    def share_read(self) -> float:
        return min(1.0, self.source.tell() / self.size) if self.size else 1.0


class _Unclosed:
    """Lets a text wrapper come and go without closing the bytes beneath it."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source

    def __getattr__(self, name: str) -> object:
        return getattr(self._source, name)

    def close(self) -> None:
        return None


def _unclosed(source: BinaryIO) -> BinaryIO:
    return cast(BinaryIO, _Unclosed(source))


def open_statistics(source: BinaryIO, *, size: int) -> StatisticsFile:
    """Finds encoding, delimiter and header. Raises Unusable."""
    encoding, note = _encoding(source)
    file = StatisticsFile(
        source=source,
        size=size,
        encoding=encoding,
        delimiter=",",
        header=Header(names=(), time_period=0, time_identifier=None, level=None, places={}, others=(), left={}),
        notes=[note] if note else [],
    )
    first = _first_line(file)
    file.delimiter = max(DELIMITERS, key=first.count)
    cells = next(csv.reader([first], delimiter=file.delimiter), [])
    if len(cells) > MOST_COLUMNS:
        raise Unusable(f"The file has {len(cells)} columns. Choose a data file of explore education statistics.")
    file.header = read_header(cells)
    if file.delimiter != ",":
        file.notes.append("Its columns are not parted by commas, as the publisher's are: another program saved it.")
    return file


def _encoding(source: BinaryIO) -> tuple[str, str]:
    source.seek(0)
    head = source.read(4)
    for bom, encoding, note in _BOMS:
        if head.startswith(bom):
            if encoding == "utf-8-sig" and not _decodes(source, encoding):
                return "cp1252", _CP1252
            return encoding, note
    if _decodes(source, "utf-8"):
        return "utf-8", ""
    if _decodes(source, "cp1252"):
        return "cp1252", _CP1252
    raise Unusable(
        "The file is neither UTF-8 nor Windows-1252 text. Download it again and upload it without opening it before."
    )


def _decodes(source: BinaryIO, encoding: str) -> bool:
    source.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while chunk := source.read(CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _first_line(file: StatisticsFile) -> str:
    file.source.seek(0)
    text = TextIOWrapper(_unclosed(file.source), encoding=file.encoding, newline="")
    try:
        line = text.readline(CHUNK)
    except UnicodeDecodeError as error:
        raise Unusable(f"The file can't be read: {_reason(error)}. Download it again.") from error
    finally:
        text.detach()
    if not line.strip():
        raise Unusable("The first line of the file is empty; it should hold the names of the columns.")
    return line.rstrip("\r\n")


def _reason(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "it isn't text of one encoding"
    return str(error).rstrip(".").replace("unexpected end of data", "it ends inside a quoted text")


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What a first look through the whole file found."""

    shape: Shape
    rows: int


def survey(
    file: StatisticsFile,
    *,
    known: Callable[[Header], tuple[frozenset[str], frozenset[str]]],
    progress: Progress,
) -> Survey:
    """Reads every row once and tells what the columns are. Raises Unusable."""
    header, width = file.header, len(file.header.names)
    values = {number: ColumnValues() for number in header.others}
    seen: list[set[str]] = [set() for _ in header.names]
    sample: list[list[str]] = []
    count = odd = 0
    rows = file.rows()
    while batch := [row for _, row in islice(rows, ROWS)]:
        count += len(batch)
        whole = [row for row in batch if len(row) == width]
        odd += len(batch) - len(whole)
        sample.extend(whole[: SAMPLE - len(sample)])
        columns = list(zip(*whole, strict=True))
        for number in header.others if columns else ():
            seen[number].update(columns[number])
            if len(seen[number]) > MOST_SEEN:
                values[number].sort_in(seen[number])
                seen[number].clear()
        progress(file.share_read())
    if not count:
        raise Unusable("The file has a header and no row beneath it. Download it again.")
    if odd > count / 2:
        raise Unusable(
            f"{odd:,} of {count:,} rows have another number of cells than the header. Download the file again."
        )
    for number in header.others:
        values[number].sort_in(seen[number])
    filters, figures = known(header)
    shape = find_shape(header, values, sample, known_filters=filters, known_figures=figures)
    if not shape.figures:
        raise Unusable("The file has no column of figures. Choose the data file, not its description or guidance.")
    return Survey(shape=shape, rows=count)
