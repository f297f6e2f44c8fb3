"""Plays one scenario: gives its commands, lets its time pass, and compares."""

from collections.abc import Sequence
from datetime import datetime

from engine.commands.cases.lifecycle import CorrectVariable, StartCase
from engine.commands.jobs.lifecycle import FinishJob, TakeJob
from engine.commands.operations.dispatch import command_of
from engine.commands.operations.incidents import RetryIncident
from engine.commands.outside.messages import CorrelateMessage
from engine.commands.outside.signals import BroadcastSignal
from engine.commands.tasks.lifecycle import Completed, CompleteTask
from engine.commands.tasks.signing import Proof
from engine.feel import parse_expression, to_json
from engine.model import (
    PUBLIC,
    SYSTEM,
    Actor,
    CaseId,
    EngineError,
    Rejected,
    Sentence,
    Variables,
)
from engine.policy.loaded import LoadedPolicy
from engine.policy.scenario import (
    CaseFollowed,
    CaseIsRetried,
    CaseIsStopped,
    Deed,
    MessageComes,
    Scenario,
    SignalComes,
    Step,
    SurveyAnswered,
    TaskExtended,
    TaskIsGone,
    TaskRouted,
    TaskWaits,
)
from engine.policy.sections.public import CUSTOMER
from engine.queries.progress.trace import (
    ActorCalled,
    CaseNumbered,
    CaseTrace,
    CaseWaits,
    NextJobOf,
    Trace,
    WaitingTask,
    Waits,
)
from engine.runtime import Engine
from engine.simulation import customer
from engine.simulation.cast import Cast
from engine.simulation.clock import SimulatedClock
from engine.simulation.differences import Differs, told
from engine.simulation.ending import compare_end
from engine.simulation.extending import extend
from engine.simulation.outcome import Outcome
from engine.simulation.pausing import Pausing, Standing
from engine.simulation.photos import with_files
from engine.simulation.refusals import expect_refusal, refuse_success
from engine.simulation.routing import route
from engine.simulation.schedule import start_by_schedule
from engine.simulation.waiting import compare_task, leave_out_each
from engine.simulation.work import task_at, who_does

_MOST_JOBS = 10_000  #: In one scenario; more are a loop of timers.


class Player:
    """Plays scenarios in one database; each needs a database of its own.

    Args:
        engine: On the database that the stage has set up.
        clock: The engine's clock.
        policy: What is deployed there.
        cast: Who plays along.
        thorough: Whether it plays on after the first difference.
    """

    def __init__(
        self,
        engine: Engine,
        clock: SimulatedClock,
        policy: LoadedPolicy,
        cast: Cast,
        *,
        thorough: bool = True,
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._policy = policy
        self._cast = cast
        self._thorough = thorough
        self._case = CaseId(0)
        self._messages = 0
        self._step = 0
        self._left: list[Trace] = []  #: Of cases that it was about before.
        self._differences: list[Sentence] = []

    def play(self, scenario: Scenario, pausing: Pausing | None = None) -> Outcome:
        """Return what comes of *scenario*; it ends where going on makes no sense.

        *pausing* is called before each step.
        """
        try:
            self._case = self._start(scenario)
            self._run_jobs(scenario.start)
        except EngineError as error:
            what = Sentence(
                "The case could not be started: {reason}", {"reason": told(error)}
            )
            return Outcome(scenario.id, scenario.name, (what,))
        return self._play_on(scenario, scenario.steps, pausing)

    def resume(self, scenario: Scenario, standing: Standing) -> Outcome:
        """Return what comes of *scenario* where it stands so already."""
        self._case, self._messages = standing.case, standing.messages
        self._left = list(standing.left)
        self._clock.set(standing.now)
        return self._play_on(scenario, scenario.steps[standing.steps :])

    def _play_on(
        self,
        scenario: Scenario,
        steps: Sequence[Step],
        pausing: Pausing | None = None,
    ) -> Outcome:
        went_through = self._play_steps(steps, pausing)
        if not (went_through or self._thorough):
            return Outcome(scenario.id, scenario.name, tuple(self._differences))
        trace = self._trace()
        if went_through:
            self._differences += compare_end(scenario.end, trace, self._cast)
        return Outcome(
            scenario=scenario.id,
            name=scenario.name,
            differences=tuple(self._differences),
            flows=trace.flows.union(*(each.flows for each in self._left)),
            rules=trace.rules.union(*(each.rules for each in self._left)),
            clauses=frozenset() if self._differences else frozenset(scenario.clauses),
        )

    def _start(self, scenario: Scenario) -> CaseId:
        if scenario.by is None:
            return start_by_schedule(self._engine, self._policy, scenario)
        if scenario.by == PUBLIC.login:
            return self._start_publicly(scenario)
        actor = self._actor(scenario.by)
        values = self._values(self._start_form(scenario), scenario.given, actor)
        key, process = self._policy.settings.key, scenario.process

        def start(given: Variables) -> CaseId:
            return self._engine.run(StartCase(key, process, given), by=actor)

        leave_out_each(scenario.without, values, start)
        return start(values)

    def _start_publicly(self, scenario: Scenario) -> CaseId:
        values = self._values(self._start_form(scenario), scenario.given, PUBLIC)
        key, process = self._policy.settings.key, scenario.process

        def complain(given: Variables) -> CaseId:
            return customer.complain(self._engine, key, process, given)

        leave_out_each(scenario.without, values, complain)
        return complain(values)

    def _start_form(self, scenario: Scenario) -> str | None:
        process = self._policy.definitions.process(scenario.process)
        return next((each.form_id for each in process.starts if each.kind == "none"), None)

    def _play_steps(self, steps: Sequence[Step], pausing: Pausing | None) -> bool:
        """Play the steps, noting differences; tell whether it came to the last one."""
        for done, step in enumerate(steps):
            self._step = step.number
            if pausing is not None:
                pausing(self._standing(done))
            try:
                if step.at is not None:
                    self._pass_time(step.at)
                if step.deed is not None:
                    self._do(step.deed)
                    self._run_jobs(self._clock.now())
            except EngineError as error:
                self._note(told(error))
                return False
            if self._differences and not self._thorough:
                return False
        return True

    def _standing(self, steps: int) -> Standing:
        return Standing(
            steps, self._clock.now(), self._case, self._messages, tuple(self._left)
        )

    def _note(self, what: Sentence) -> None:
        self._differences.append(
            Sentence("Step {number}: {reason}", {"number": self._step, "reason": what})
        )

    def _do(self, deed: Deed) -> None:
        match deed:
            case TaskWaits():
                self._task_waits(deed)
            case MessageComes():
                self._message_comes(deed)
            case SignalComes():
                self._signal_comes(deed)
            case TaskIsGone():
                self._task_is_gone(deed)
            case CaseIsStopped():
                self._stopped_at(deed.element)
            case CaseIsRetried():
                self._retry(deed)
            case SurveyAnswered():
                self._survey(deed)
            case CaseFollowed():
                self._follow(deed)
            case TaskRouted() | TaskExtended():
                self._by_hand(deed)

    def _by_hand(self, deed: TaskRouted | TaskExtended) -> None:
        if isinstance(deed, TaskExtended):
            extend(self._engine, self._waits(), deed, self._cast)
        else:
            route(self._engine, self._case, self._waits(), deed, self._cast)

    def _task_waits(self, deed: TaskWaits) -> None:
        task = task_at(self._waits(), deed.element)
        for difference in compare_task(deed, task, self._local):
            self._note(difference)
        if deed.values is not None:
            self._complete(task, deed)

    def _complete(self, task: WaitingTask, deed: TaskWaits) -> None:
        if deed.by == CUSTOMER:
            self._answer(task, deed)
            return
        actor = who_does(self._engine, task, deed.by, self._cast)
        values = self._values(task.form_id, deed.values or {}, actor)
        try:
            # A person of a scenario has no password: the scenario vouches for them.
            proof = Proof("", holds=True) if deed.signed else None

            def complete(entered: Variables) -> Completed:
                return self._engine.run(CompleteTask(task.id, entered, proof), by=actor)

            leave_out_each(deed.without, values, complete)
            complete(values)
        except Rejected as refusal:
            expect_refusal(deed, refusal)
            return
        refuse_success(deed, actor, task.name)

    def _answer(self, task: WaitingTask, deed: TaskWaits) -> None:
        """Complete a task as the customer, or be refused."""
        values = self._values(task.form_id, deed.values or {}, PUBLIC)

        def answer(entered: Variables) -> None:
            customer.answer(self._engine, self._case, task.id, entered)

        try:
            leave_out_each(deed.without, values, answer)
            answer(values)
        except Rejected as refusal:
            expect_refusal(deed, refusal)
            return
        refuse_success(deed, PUBLIC, task.name)

    def _survey(self, deed: SurveyAnswered) -> None:
        public = self._policy.settings.public
        values = self._values(public.survey if public else None, deed.values, PUBLIC)

        def judge(entered: Variables) -> None:
            customer.judge(self._engine, self._case, entered)

        try:
            leave_out_each(deed.without, values, judge)
            judge(values)
        except Rejected as refusal:
            expect_refusal(deed, refusal)
            return
        refuse_success(deed, PUBLIC, "survey")

    def _follow(self, deed: CaseFollowed) -> None:
        number = CaseNumbered(self._evaluated(deed.number))
        self._left.append(self._trace())
        self._case = self._engine.ask(number, by=SYSTEM)

    def _message_comes(self, deed: MessageComes) -> None:
        self._messages += 1
        case = self._engine.run(
            CorrelateMessage(
                name=deed.name,
                key=self._evaluated(deed.key),
                message_id=f"scenario-{self._case}-{self._messages}",
                payload=deed.payload,
            ),
            by=SYSTEM,
        )
        if case is None:
            raise Differs(
                "Expected the case to wait for the message {name}, but it does not.",
                name=deed.name,
            )

    def _signal_comes(self, deed: SignalComes) -> None:
        if not self._engine.run(BroadcastSignal(deed.name, deed.payload), by=SYSTEM):
            raise Differs(
                "Expected the case to wait for the signal {name}, but it does not.",
                name=deed.name,
            )

    def _task_is_gone(self, deed: TaskIsGone) -> None:
        waiting = [each for each in self._waits().tasks if each.element_id == deed.element]
        if waiting:
            raise Differs("Expected {task} not to wait, but it does.", task=waiting[0].name)

    def _stopped_at(self, element: str) -> int:
        incidents = self._waits().incidents
        for incident in incidents:
            if incident.element_id == element:
                return incident.id
        raise Differs(
            "Expected the case to be stopped at {element}, but it is not.", element=element
        )

    def _retry(self, deed: CaseIsRetried) -> None:
        incident = self._stopped_at(deed.element)
        if deed.values:
            self._engine.run(CorrectVariable(self._case, deed.values), by=SYSTEM)
        self._engine.run(RetryIncident(incident), by=SYSTEM)

    def _pass_time(self, until: datetime) -> None:
        """Let time pass to *until*; what falls due is done at its own moment."""
        if until < self._clock.now():
            raise Differs(
                "Expected a moment after {now}, but time would go back to {moment}.",
                now=self._local(self._clock.now()),
                moment=self._local(until),
            )
        self._run_jobs(until)
        self._clock.set(until)

    def _run_jobs(self, until: datetime) -> None:
        for _ in range(_MOST_JOBS):
            job = self._engine.ask(NextJobOf(self._case), by=SYSTEM)
            if job is None or job[1] > until:
                return
            self._clock.set(max(self._clock.now(), job[1]))
            self._run_job(job[0])
        raise Differs("Expected the machine to come to rest, but its work goes on and on.")

    def _run_job(self, job_id: int) -> None:
        taken = self._engine.run(TakeJob(job_id), by=SYSTEM)
        if taken is not None:
            # Nothing leaves the house here: what would be sent counts as sent.
            command = command_of(taken) or FinishJob(job_id)
            self._engine.run(command, by=SYSTEM)

    def _values(self, form_id: str | None, values: Variables, actor: Actor) -> Variables:
        form = self._policy.forms.get(form_id) if form_id else None
        return with_files(self._engine, form, values, actor)

    def _waits(self) -> Waits:
        return self._engine.ask(CaseWaits(self._case), by=SYSTEM)

    def _trace(self) -> Trace:
        return self._engine.ask(CaseTrace(self._case), by=SYSTEM)

    def _actor(self, login: str) -> Actor:
        return self._engine.ask(ActorCalled(login), by=SYSTEM)

    def _evaluated(self, key: str) -> str:
        if not key.startswith("="):
            return key
        trace = self._trace()
        names = {**trace.variables, **trace.facts}
        return str(to_json(parse_expression(key[1:]).evaluate(names, trace.context).value))

    def _local(self, moment: datetime) -> str:
        return moment.astimezone(self._policy.calendar.zone).isoformat(timespec="minutes")
