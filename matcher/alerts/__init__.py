"""Alerts: what somebody has to look at, collected from all parts of the service, and what is done about it.

In: figures, units of work, the policy. Out: alerts with their state; nothing that was seen is ever deleted.
"""
