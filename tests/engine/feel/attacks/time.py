"""Dates, durations and working time beyond the calendar."""

TIME = {
    "a date beyond the calendar": ('@"999999999-12-31" + @"P999999999Y"', "= null"),
    "a date long before": ('@"-999999999-01-01" - @"P999999999999Y"', "= null"),
    "a duration beyond all": ('@"P999999999Y" * 1e6000', "= null"),
    "a duration divided by nearly nothing": ('@"P999999999999D" / 1e-6000', "= null"),
    "a duration that doubles": (
        '(for i in 1..300 return if i = 1 then @"P1D" else partial[-1] + partial[-1])[-1]',
        "= null",
    ),
    "years and months that overflow": (
        '(for i in 1..300 return if i = 1 then @"P1Y" else partial[-1] * 1000)[-1]',
        "= null",
    ),
    "months between the ends of time": (
        'years and months duration(@"-999999999-01-01", @"999999999-12-31")',
        "= P1999999998Y11M",
    ),
    "a second of many digits": (
        '@"PT99999999999999.999999999999999999S"',
        "= P1157407407DT9H46M39.999999999S",
    ),
    "a time of many digits": ('time("10:00:00.' + "9" * 5000 + '")', "= null"),
    "a year of many digits": ('date("' + "9" * 5000 + '-01-01")', "= null"),
    "a date of large numbers": ("date(9e6144, 9e6144, 9e6144)", "= null"),
    "a time of large numbers": ("time(9e6144, -9e6144, 1e-6143)", "= null"),
    "an offset beyond the day": ('time(10, 0, 0, @"P999999999999D")', "= null"),
    "a zone that is a path": ('@"2020-01-01T00:00:00@../../etc/passwd"', "= null"),
    "a zone that is a folder": ('date and time("2020-01-01T00:00:00@Europe")', "= null"),
    "many zones that are none": (
        'for i in 1..100000 return date and time("2020-01-01T00:00:00@Zone/A" + string(i))',
        "seconds",
    ),
    "the difference of the ends of time": (
        'date and time("999999999-12-31T23:59:59@Asia/Shanghai")'
        ' - date and time("-999999999-01-01T00:00:00@Asia/Shanghai")',
        "= P730484999634DT5M42S",
    ),
    "an age of days": ('(@"999999999-12-31" - @"-999999999-01-01").days', "= 730484999633"),
    "all the days of a century": (
        'count(for d in @"1900-01-01"..@"1999-12-31" return string(d))',
        "= 36524",
    ),
    "working days beyond the calendar": ("add working days(today(), 1e15)", "= null"),
    "very many working days": ("add working days(today(), 2000000)", "= null"),
    "many times many working days": (
        "for i in 1..10000 return add working days(today(), 100000)",
        "seconds",
    ),
    "working hours of all time": (
        'working hours between(@"0001-01-01", @"9999-12-31")',
        "= null",
    ),
    "working hours of centuries, often": (
        'for i in 1..10000 return working hours between(@"1971-01-01", @"2198-12-31")',
        "seconds",
    ),
    "working hours without end": ("add working hours(today(), 9e6144)", "= null"),
    "the least of working hours": ("add working hours(today(), 1e-6143)", "= 2026-03-02"),
    "the day of a month that never comes": ("next day of month(today(), 99)", "= null"),
}
