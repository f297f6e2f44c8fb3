"""Fills an installation for a demonstration: demo.toml and the shipped policies."""

from pathlib import Path

from engine.commands.policies.deployments import DeployBundle
from engine.model import SYSTEM
from engine.policy import Bundle, policy_keys
from engine.queries.operations.installation import InstallationState
from engine.runtime import Engine
from engine.simulation import bring_in
from engine.simulation.cast import Cast, cast_beside

#: Everybody's: these people exist on this machine alone, see `webapp.serve`.
PASSWORD = "complaintflow-demo"


def load_demo(engine: Engine, policies: Path) -> Cast:
    """Add what is missing of the demonstration and return its people."""
    cast = cast_beside(policies)
    bring_in(engine, cast, PASSWORD)
    deployed = engine.ask(InstallationState(), by=SYSTEM).policies
    for key in policy_keys(policies):
        if key not in deployed:
            engine.run(DeployBundle(Bundle.from_folders(policies, key)), by=SYSTEM)
    return cast
