"""Policies as files: bundles, what is written in them, and everything wrong with them.

It runs no case and touches no database; engine.runtime and engine.store do.
"""

from engine.policy.bundle import Bundle, policy_keys
from engine.policy.checks import check
from engine.policy.clauses import Citation, Clause, Proof
from engine.policy.guides import Guide
from engine.policy.letters import Letter
from engine.policy.loaded import Library, LoadedPolicy, load
from engine.policy.prints import Print
from engine.policy.roles import Role
from engine.policy.settings import PolicySettings, Start

__all__ = [
    "Bundle",
    "Citation",
    "Clause",
    "Guide",
    "Letter",
    "Library",
    "LoadedPolicy",
    "PolicySettings",
    "Print",
    "Proof",
    "Role",
    "Start",
    "check",
    "load",
    "policy_keys",
]
