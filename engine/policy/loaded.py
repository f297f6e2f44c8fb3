"""A policy as the engine runs it: everything in a bundle, read once and shared."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock

from engine.bpmn import Definitions
from engine.calendar import WorkCalendar
from engine.dmn import DecisionModel
from engine.forms import Form
from engine.model import BundleInvalid
from engine.policy.bundle import Bundle
from engine.policy.citations import citations_in
from engine.policy.clauses import Citations, Clause, Proof
from engine.policy.guides import Guide
from engine.policy.letters import Letter
from engine.policy.parts import Parts, read_parts
from engine.policy.prints import Print
from engine.policy.readings import readings_of_cases
from engine.policy.roles import Role
from engine.policy.settings import PolicySettings

MOST_LOADED = 32  #: Deployments kept in memory; each takes a few megabytes.


@dataclass(frozen=True, slots=True)
class LoadedPolicy:
    """A policy that cases run on; it is never changed, threads share it."""

    bundle: Bundle
    settings: PolicySettings
    roles: Mapping[str, Role]
    clauses: Mapping[str, Clause]
    calendar: WorkCalendar
    decisions: DecisionModel
    definitions: Definitions
    forms: Mapping[str, Form]
    letters: Mapping[str, Letter]
    guides: Mapping[str, Guide]
    prints: Mapping[str, Print]
    citations: Citations
    proofs: Mapping[str, tuple[Proof, ...]]  #: By clause.
    reads: frozenset[str]  #: The names that cases are carried out by; not those of forms.


def load(bundle: Bundle) -> LoadedPolicy:
    """Return the policy in *bundle*, read but not checked any further.

    Raises:
        BundleInvalid: If some of it cannot be read at all.
    """
    return load_parts(read_parts(bundle))


def load_parts(parts: Parts) -> LoadedPolicy:
    """Return the policy of which all *parts* are read.

    Raises:
        BundleInvalid: If some of it could not be read at all.
    """
    settings, calendar = parts.settings, parts.calendar
    decisions, definitions = parts.decisions, parts.definitions
    if (
        settings is None
        or calendar is None
        or decisions is None
        or definitions is None
        or any(finding.severity == "error" for finding in parts.findings)
    ):
        raise BundleInvalid(tuple(parts.findings))
    return LoadedPolicy(
        bundle=parts.bundle,
        settings=settings,
        roles=parts.roles,
        clauses=parts.clauses,
        calendar=calendar,
        decisions=decisions,
        definitions=definitions,
        forms=parts.forms,
        letters=parts.letters,
        guides=parts.guides,
        prints=parts.prints,
        citations=citations_in(parts),
        proofs=_proofs(parts),
        reads=_reads(parts),
    )


def _proofs(parts: Parts) -> dict[str, tuple[Proof, ...]]:
    found: dict[str, tuple[Proof, ...]] = {}
    for scenario in parts.scenarios.values():
        for clause in scenario.clauses:
            found[clause] = (*found.get(clause, ()), Proof(scenario.id, scenario.name))
    return found


def _reads(parts: Parts) -> frozenset[str]:
    expressions = [each.expression for each in readings_of_cases(parts)]
    names = {name for each in expressions for name in each.reads | each.doubtful}
    if parts.decisions is not None:
        for decision in parts.decisions.decisions.values():
            names |= decision.reads
    return frozenset(names)


class Library:
    """The policies that were loaded lately, by the digest of their bundle."""

    def __init__(self, most: int = MOST_LOADED) -> None:
        self._most = most
        self._loaded: OrderedDict[str, LoadedPolicy] = OrderedDict()
        self._lock = Lock()

    def get(self, digest: str, fetch: Callable[[], Bundle]) -> LoadedPolicy:
        """Return the policy with this digest; *fetch* brings its bundle where needed.

        Raises:
            BundleInvalid: If it cannot be read.
        """
        with self._lock:
            if digest in self._loaded:
                self._loaded.move_to_end(digest)
                return self._loaded[digest]
        policy = load(fetch())  # Outside the lock: others go on meanwhile.
        return self._keep(digest, policy)

    def keep(self, policy: LoadedPolicy) -> LoadedPolicy:
        """Return *policy*, or the same one that somebody kept before."""
        return self._keep(policy.bundle.digest, policy)

    def replace(self, digest: str, policy: LoadedPolicy) -> LoadedPolicy:
        """Let *policy* be what is loaded of the bundle with this digest; return it."""
        with self._lock:
            self._loaded[digest] = policy
        return policy

    def _keep(self, digest: str, policy: LoadedPolicy) -> LoadedPolicy:
        with self._lock:
            policy = self._loaded.setdefault(digest, policy)
            self._loaded.move_to_end(digest)
            while len(self._loaded) > self._most:
                self._loaded.popitem(last=False)
        return policy
