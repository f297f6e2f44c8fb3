"""The pages of policies: versions, diagrams, clauses, and rules that nothing guards.

They edit nothing; a new version comes as a bundle that is deployed.
"""

from webapp.policies import clauses, deployments, guards

SCREENS = (clauses, deployments, guards)
