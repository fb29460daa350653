"""Dated rules of the office: weights, limits and amounts, each with unit, date and basis."""

from matcher.policy.rules import Policy, PolicyAt, load_policy

__all__ = ["Policy", "PolicyAt", "load_policy"]
