"""Weekly times (bot/schedule/recurrence.h) against Python's zoneinfo, for every zone of the system and ten years. By
default each zone's weeks with a change of its clock, and some without; with RECURRENCE=full every week."""

import datetime as dt
import os
import random
import subprocess
import zoneinfo

TOOL = os.path.join(os.environ.get("SPOTTER_BUILD", "build"), "tests", "interop", "recurrence_tool")
FULL = os.environ.get("RECURRENCE") == "full"
FROM, YEARS = dt.date(2026, 1, 1), 10
DAYS = 365 * YEARS
UTC = dt.timezone.utc
MOMENT = dt.timedelta(seconds=1)


def offset(zone, moment):
    return moment.astimezone(zone).utcoffset()


def shown(zone, moment):
    return moment.astimezone(zone).replace(tzinfo=None)


def first_moment(zone, wall):
    """When the clock shows WALL for the first time; where it never does, when it jumps over it (PEP 495)."""
    early = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if shown(zone, early) == wall:
        return early
    low, high = early - dt.timedelta(hours=30), early + dt.timedelta(hours=30)
    while high - low > MOMENT:
        middle = low + (high - low) // 2
        middle = middle.replace(microsecond=0)
        low, high = (middle, high) if shown(zone, middle) < wall else (low, middle)
    return high


def expected(zone, weekday, minute, after):
    day = shown(zone, after).date() - dt.timedelta(days=8)
    while True:
        if day.weekday() == weekday:
            moment = first_moment(zone, dt.datetime.combine(day, dt.time(minute // 60, minute % 60)))
            if moment > after:
                return moment
        day += dt.timedelta(days=1)


def changes(zone):
    """The local days on which the clock is put on or back."""
    midday = dt.datetime.combine(FROM, dt.time(12), UTC)
    before = offset(zone, midday)
    for day in range(1, DAYS):
        now = offset(zone, midday + dt.timedelta(days=day))
        if now != before:
            yield shown(zone, midday + dt.timedelta(days=day)).date()
        before = now


def cases(name, random):
    zone = zoneinfo.ZoneInfo(name)
    days = [FROM + dt.timedelta(days=7 * week) for week in range(DAYS // 7)] if FULL else \
        [FROM + dt.timedelta(days=random.randrange(DAYS)) for _ in range(3)]
    for day in days:
        yield zone, random.randrange(7), random.randrange(24 * 60), dt.datetime.combine(day, dt.time(random.randrange(24)), UTC)
    days = list(changes(zone))
    for day in days if FULL else random.sample(days, min(4, len(days))):
        for back in (0, 1):  # the change lies between the two middays
            that = day - dt.timedelta(days=back)
            for minute in (0, 29, 30, 60, 105, 119, 120, 150, 179, 180, 24 * 60 - 1):
                start = dt.datetime.combine(that, dt.time(12), UTC) - dt.timedelta(hours=random.choice((30, 100, 160)))
                yield zone, that.weekday(), minute, start
        # From just before and just behind it, and from within an hour that comes twice.
        for hours in range(-36, 0, 3):
            yield zone, day.weekday(), random.randrange(24) * 60, dt.datetime.combine(day, dt.time(12), UTC) + dt.timedelta(hours=hours)


def test_each_zone_for_ten_years():
    chance = random.Random(7)
    # "EST5EDT" and the like are refused: they could be rules of POSIX.
    names = [name for name in sorted(zoneinfo.available_timezones() - {"localtime"}) if name.split("/")[0].isalpha()]
    asked = [case for name in names for case in cases(name, chance)]
    lines = "".join(f"{zone.key} {weekday} {minute} {int(after.timestamp())}\n" for zone, weekday, minute, after in asked)
    got = subprocess.run([TOOL], input=lines, capture_output=True, text=True, check=True).stdout.split()
    assert len(got) == len(asked) > 10000
    for (zone, weekday, minute, after), answer in zip(asked, got):
        want = expected(zone, weekday, minute, after)
        assert int(answer) == int(want.timestamp()), (zone.key, weekday, minute, after, want)


def test_the_day_that_samoa_left_out():
    """Friday 30 December 2011 never was in Apia: what is due on it comes as Saturday begins."""
    zone = zoneinfo.ZoneInfo("Pacific/Apia")
    after = dt.datetime(2011, 12, 28, tzinfo=UTC)
    got = subprocess.run([TOOL], input=f"Pacific/Apia 4 1080 {int(after.timestamp())}\n", capture_output=True, text=True)
    assert dt.datetime.fromtimestamp(int(got.stdout), zone).isoformat() == "2011-12-31T00:00:00+14:00"
