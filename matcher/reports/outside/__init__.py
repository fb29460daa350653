"""Figures as they may leave the office: nothing about fewer people than the policy allows."""
