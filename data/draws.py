"""Raw draws as files: a line for each draw, whatever was typed as a name kept from becoming a formula."""

from io import BytesIO

import pandas as pd

from data.workbook import FORMULA


def to_csv(table: pd.DataFrame) -> bytes:
    """The table of `model.raw.gains` as CSV in UTF-8."""
    plain = table.rename(columns=lambda name: f"'{name}" if name.startswith(FORMULA) else name)
    return plain.to_csv(lineterminator="\r\n").encode("utf-8-sig")


def to_parquet(table: pd.DataFrame) -> bytes:
    """The table as Parquet; its attributes, such as the seed, are kept with it."""
    content = BytesIO()
    table.to_parquet(content)
    return content.getvalue()
