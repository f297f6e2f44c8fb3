"""Fills a database with open tasks by the million, as a company would have them."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import Connection, text

from engine.commands.people.accounts import AddPerson
from engine.commands.people.units import AddUnit, GrantRole
from engine.model import SYSTEM, Json
from engine.runtime import Engine
from engine.store.urgency import urgency_of
from engine.store.words import words_of

UNITS = 4  #: So few that a page is full with a thousand tasks already.
CLERKS = 2  #: In each unit.
CLERK, PASSWORD = "clerk-1-1", "measured-and-thrown-away"
LEADERS = ("head", "lawyer")  #: Logins of who holds a role in no particular unit.
_AT_ONCE = 10_000
_FAMILIES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GOODS = ("水泵", "轴承", "油封", "电机", "阀门", "减速机", "联轴器", "叶轮")
_FAULTS = ("异响", "漏油", "裂纹", "过热", "缺件", "错发", "退款", "延期")

Row = dict[str, Json]


def add_people(engine: Engine) -> None:
    """Add units, their clerks and heads, and two who work for all units."""
    for number in range(UNITS):
        engine.run(AddUnit(_unit(number), f"分公司{number}", "branch", None), by=SYSTEM)
        for place in range(CLERKS):
            _add(engine, _clerk(number, place), ("clerk", _unit(number)))
        _add(engine, f"head-{number}", ("manager", _unit(number)))
    for login in LEADERS:
        _add(engine, login, ("legal" if login == "lawyer" else "manager", None))
    engine.run(AddPerson("auditor", "Auditor", rights=("audit",)), by=SYSTEM)


def fill(engine: Engine, cases: int, now: datetime) -> None:
    """Add so many cases with an open task each, after those that there are."""
    with engine.database.connections.connect() as connection:
        is_embedded = connection.dialect.name == "sqlite"
        last = connection.scalar(text("SELECT coalesce(max(id), 0) FROM cases")) or 0
        connection.rollback()
        if is_embedded:  # Measured is what comes afterwards.
            connection.exec_driver_sql("PRAGMA cache_size = -1000000")
        insert = _insert_embedded if is_embedded else _copy
        for first in range(last + 1, last + cases + 1, _AT_ONCE):
            beyond, chance = min(first + _AT_ONCE, last + cases + 1), Random(first)
            made = [_case(number, now, chance) for number in range(first, beyond)]
            for table in made[0]:
                insert(connection, table, [rows[table] for rows in made])
            connection.commit()
        for table in () if is_embedded else ("cases", "task", "task_candidate"):
            _move_sequence(connection, table)
        connection.commit()
        if is_embedded:
            connection.exec_driver_sql("PRAGMA cache_size = -2000")
        connection.exec_driver_sql("ANALYZE")
        connection.commit()
    if not is_embedded:
        _tidy(engine)


def _tidy(engine: Engine) -> None:
    """Do at once what the server does by itself some time after so many rows came."""
    plain = engine.database.connections.execution_options(isolation_level="AUTOCOMMIT")
    with plain.connect() as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")
        connection.exec_driver_sql("CHECKPOINT")


def _add(engine: Engine, login: str, held: tuple[str, str | None]) -> None:
    password = PASSWORD if login == CLERK else None
    person = engine.run(AddPerson(login, login.title(), password), by=SYSTEM)
    engine.run(GrantRole(person, *held), by=SYSTEM)


def _unit(number: int) -> str:
    return f"unit-{number}"


def _clerk(unit: int, place: int) -> str:
    return f"clerk-{unit}-{place}"


def _case(number: int, now: datetime, chance: Random) -> dict[str, Row]:
    """Return the row of a case in each table."""
    unit = chance.randrange(UNITS)
    started = now - timedelta(days=30) + timedelta(seconds=number)
    goods, fault = chance.choice(_GOODS), chance.choice(_FAULTS)
    customer = chance.choice(_FAMILIES) + "".join(
        chr(0x4E00 + chance.randrange(3000)) for _ in range(2)
    )
    phone = f"139{chance.randrange(10**8):08}"
    title = f"{customer}：{goods}{fault}"
    case = {
        "id": number,
        "number": f"B-2611-{number:07}",
        "policy_key": "bench",
        "deployment_id": 1,
        "process_id": "main",
        "state": "open",
        "title": title,
        "customer": customer,
        "unit": _unit(unit),
        "started_at": started,
        "started_by": _clerk(unit, chance.randrange(CLERKS)),
        "started_unit": _unit(unit),
        "updated_at": started,
        "end_events": "[]",
        "rev": 1,
    }
    words = " ".join(map(words_of, (case["number"], title, phone)))
    variables = json.dumps({"title": title}).encode()
    return {
        "cases": case,
        "case_text": {"case_id": number, "words": words},
        "execution": {
            "case_id": number,
            "state": b"{}",
            "variables": variables,
            "flows": b"{}",
        },
        **_task(number, unit, now, chance),
    }


def _task(number: int, unit: int, now: datetime, chance: Random) -> dict[str, Row]:
    role = chance.choices(("clerk", "manager", "legal"), (6, 3, 1))[0]
    due = None
    if chance.random() < 0.9:  # A tenth is due at no time, and a tenth of the rest late.
        due = now + timedelta(seconds=chance.randrange(-86_400, 864_000))
    holder = _clerk(unit, chance.randrange(CLERKS)) if role == "clerk" else None
    assignee = holder if chance.random() < 0.4 else None
    task = {
        "id": number,
        "case_id": number,
        "token": "t1",
        "process_id": "main",
        "element_id": "triage",
        "name": "核实投诉",
        "lane": None,
        "state": "open",
        "assignee": assignee,
        "due": due,
        "warn": None,
        "follow_up": None,
        "priority": 50,
        "urgency": urgency_of(due, 50),
        "form_id": "step",
        "properties": "{}",
        "clauses": "[]",
        "wanted": json.dumps({"assignee": None, "groups": [role], "users": []}),
        "created_at": now,
    }
    candidate = {
        "id": number,
        "task_id": number,
        "role": role,
        "unit": None if role == "legal" else _unit(unit),
        "login": None,
        "case_id": number,
        "urgency": task["urgency"],
        "waits": assignee is None,
    }
    return {"task": task, "task_candidate": candidate}


def _insert_embedded(connection: Connection, table: str, rows: Sequence[Row]) -> None:
    """Insert *rows* past the mapper, which would take longer than the database."""
    names, marks = ", ".join(rows[0]), ", ".join("?" * len(rows[0]))
    written = [tuple(map(_written, row.values())) for row in rows]
    statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"
    connection.exec_driver_sql(statement, written)


def _written(value: Json) -> Json:
    return f"{value:%Y-%m-%d %H:%M:%S.%f}" if isinstance(value, datetime) else value


def _copy(connection: Connection, table: str, rows: Sequence[Row]) -> None:
    """Insert *rows* as PostgreSQL takes in many."""
    cursor = connection.connection.cursor()
    with cursor.copy(f"COPY {table} ({', '.join(rows[0])}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(tuple(row.values()))
    cursor.close()


def _move_sequence(connection: Connection, table: str) -> None:
    sequence = text(f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))")
    connection.execute(sequence)
