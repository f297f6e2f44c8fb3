"""Counts days in years far outside those that `datetime` knows (proleptic Gregorian)."""

DAYS_OF_ERA = 146_097  # Of 400 years.
EPOCH = 719_468  # Days from 0000-03-01 to 1970-01-01.


def day_number(year: int, month: int, day: int) -> int:
    """Return the days from 1970-01-01 to the given date."""
    shifted = year - (month <= 2)  # Years begin in March, so that leap days end them.
    era, year_of_era = divmod(shifted, 400)
    day_of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    day_of_era = year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year
    return era * DAYS_OF_ERA + day_of_era - EPOCH


def year_month_day(number: int) -> tuple[int, int, int]:
    """Return the date that is *number* days after 1970-01-01."""
    era, day_of_era = divmod(number + EPOCH, DAYS_OF_ERA)
    year_of_era = (
        day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096
    ) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted_month = (5 * day_of_year + 2) // 153
    month = shifted_month + (3 if shifted_month < 10 else -9)
    day = day_of_year - (153 * shifted_month + 2) // 5 + 1
    return year_of_era + era * 400 + (month <= 2), month, day


def is_leap(year: int) -> bool:
    """Tell whether *year* has a 29th of February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def length_of_month(year: int, month: int) -> int:
    """Return how many days the month has."""
    if month == 2:
        return 29 if is_leap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31
