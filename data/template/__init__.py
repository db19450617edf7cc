"""A scenario as a workbook that a finance team can fill in. Everything follows from the scenario's own fields."""
