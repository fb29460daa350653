"""Figures the office reports: coverage, targets, ageing, pay, supply and demand, places, fairness, runs compared."""
