"""Reading adverts and class announcements, one file a kind of fact.

In: a Posting or TrainingClass. Out: PostingFacts or TrainingFacts.
"""
