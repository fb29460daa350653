"""The two scorecards, to be read aloud: what makes somebody able to get and keep a job, and what they want."""

from matcher.domain.match import Part
from matcher.features import certificate, conditions, experience, location, occupation, pay, person, skills, staying
from matcher.features.base import Asked, Feature, Finding, Own, Sight, asked_of, own_of

FEATURES: tuple[Feature, ...] = (
    Feature("experience", Part.FIT, experience.experience, experience.describe),
    Feature("skill", Part.FIT, skills.skills, skills.describe),
    Feature("certificate", Part.FIT, certificate.certificate, certificate.describe),
    Feature("education", Part.FIT, person.education, person.describe_education),
    Feature("age", Part.FIT, person.age, person.describe_age),
    Feature("ability", Part.FIT, person.ability, person.describe_ability, of_posting=True),
    Feature("language", Part.FIT, person.language, person.describe_language),
    Feature("retention", Part.FIT, staying.retention, staying.describe_retention, of_posting=True, beside=True),
    Feature("occupation", Part.WISH, occupation.occupation, occupation.describe),
    Feature("pay", Part.WISH, pay.pay, pay.describe),
    Feature("distance", Part.WISH, location.distance, location.describe),
    Feature("board", Part.WISH, conditions.board, conditions.describe_board, of_posting=True),
    Feature("schedule", Part.WISH, conditions.schedule, conditions.describe_schedule, of_posting=True),
    Feature("stability", Part.WISH, conditions.stability, conditions.describe_stability, of_posting=True),
)

__all__ = ["FEATURES", "Asked", "Feature", "Finding", "Own", "Sight", "asked_of", "own_of"]
