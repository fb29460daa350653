"""Resettled people: the register of settlements, surveys, who lives there, how they came to work, posts of projects."""
