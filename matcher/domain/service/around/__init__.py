"""What is kept around people: settlements, graduates, coordinators, work near home, cooperation, employers.

In: nothing. Out: frozen records.
"""
