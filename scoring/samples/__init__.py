"""Synthetic archives: every format and era a seller can bring in, with invented people only.

Plain Python: no Django, no database, no clock. The same recipe always makes the same bytes.
"""
