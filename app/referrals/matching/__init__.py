"""Finds services by words, explainably and without a database: spelling, stems, compounds, misspellings and topics.

A word matches by itself or its stem; only when nothing does, as part of a compound, as a beginning, and at last
misspelt. So one can always say which word led to which service. Holds nothing that anybody typed.
"""
