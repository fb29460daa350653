"""The endpoints, one file a subject; a new file is named here."""

from web.api.groups import (
    classes,
    figures,
    imports,
    names,
    people,
    people_write,
    plans,
    postings,
    postings_write,
    questions,
    reviews,
    runs,
)

GROUPS = (
    people.group,
    people_write.group,
    plans.group,
    questions.group,
    reviews.group,
    postings.group,
    postings_write.group,
    classes.group,
    runs.group,
    imports.group,
    figures.group,
    names.group,
)
"""In the order of the document."""
