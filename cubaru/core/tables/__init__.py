"""Tables: records as rows of a CSV or XLSX file, written from documents and read into documents.

`kinds` says which tables there are, `columns` what a cell of each column means, `notation` how parts
(names, citations, participants) stand in one cell, `cells` how a cell is kept from being a formula.
"""
