"""Tables as files: whatever was typed as a name is kept from becoming a formula; raw draws, a line for each."""

from io import BytesIO
from typing import Any

import pandas as pd
from pandas.api.types import is_numeric_dtype

from data.workbook import FORMULA


def to_csv(table: pd.DataFrame) -> bytes:
    """The table of `model.raw.gains`, or of a page, as CSV in UTF-8."""
    return as_text(table).to_csv(lineterminator="\r\n").encode("utf-8-sig")


def as_text(table: pd.DataFrame) -> pd.DataFrame:
    """The table with no name that a spreadsheet would work out, at the head of a row or a column or in a cell."""
    named = table.rename(index=_text, columns=_text)
    return named.apply(lambda cells: cells if is_numeric_dtype(cells) else cells.map(_text))


def _text(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def to_parquet(table: pd.DataFrame) -> bytes:
    """The table as Parquet; its attributes, such as the seed, are kept with it."""
    content = BytesIO()
    table.to_parquet(content)
    return content.getvalue()
