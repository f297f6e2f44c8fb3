"""What people do with a task beside completing it: return, take back, hand on, ask, urge.

Each is limited by [routing] of the policy and by the task's property routing, is kept
with its reason, and is told to those whom it concerns.
"""
