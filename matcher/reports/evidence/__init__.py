"""The evidence for assessments: every indicator with its definition, its people, and the months compared.

In: a book of figures. Out: counts that anybody can count again.
"""
