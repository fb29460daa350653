"""The endpoints, one file a subject; a new file is named here."""

from web.api.groups import (
    classes,
    corrections,
    fairs,
    figures,
    imports,
    names,
    people,
    people_write,
    plans,
    postings,
    postings_write,
    questions,
    reports,
    reviews,
    runs,
)

GROUPS = (
    people.group,
    people_write.group,
    plans.group,
    corrections.group,
    questions.group,
    reviews.group,
    postings.group,
    postings_write.group,
    classes.group,
    runs.group,
    imports.group,
    fairs.group,
    figures.group,
    reports.group,
    names.group,
)
"""In the order of the document."""
