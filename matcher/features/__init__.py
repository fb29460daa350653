"""The two scorecards, to be read aloud: what makes somebody able to get and keep a job, and what they want."""

from matcher.domain.match import Part
from matcher.features import certificate, conditions, experience, location, occupation, pay, person, skills
from matcher.features.base import Feature, Finding, Sight

FEATURES: tuple[Feature, ...] = (
    Feature("experience", Part.FIT, experience.experience, experience.describe),
    Feature("skill", Part.FIT, skills.skills, skills.describe),
    Feature("certificate", Part.FIT, certificate.certificate, certificate.describe),
    Feature("education", Part.FIT, person.education, person.describe_education),
    Feature("age", Part.FIT, person.age, person.describe_age),
    Feature("ability", Part.FIT, person.ability, person.describe_ability),
    Feature("language", Part.FIT, person.language, person.describe_language),
    Feature("occupation", Part.WISH, occupation.occupation, occupation.describe),
    Feature("pay", Part.WISH, pay.pay, pay.describe),
    Feature("distance", Part.WISH, location.distance, location.describe),
    Feature("board", Part.WISH, conditions.board, conditions.describe_board),
    Feature("schedule", Part.WISH, conditions.schedule, conditions.describe_schedule),
    Feature("stability", Part.WISH, conditions.stability, conditions.describe_stability),
)

__all__ = ["FEATURES", "Feature", "Finding", "Sight"]
