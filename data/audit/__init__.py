"""A settled year as a workbook whose every line is a live formula."""
