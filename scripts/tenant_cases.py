"""The cases that gen-tenant walks through: who the users are, and what became of them when.

Ages are days before as-of. The dates are made for AS_OF and the two counts of days.
"""

import datetime

AS_OF = datetime.date(2026, 11, 20)
EXTERNAL_DAYS = 365
INTERNAL_DAYS = 730
FIRST_DAY = (AS_OF - datetime.date(1900, 1, 1)).days  # of a stream, as an age
LAST_DAY = (AS_OF - datetime.date(9998, 12, 31)).days

SOURCES = {"learning": "Learning", "identity-provisioning": "Identity Provisioning",
           "platform": "Platform", "": ""}
FLAGS = {"Y": "Ja", "N": "Nee", "": ""}
TYPES = {"internal": "Intern", "external": "Extern", "": ""}
STATUSES = {"active": "Ja", "inactive": "Nee", "": ""}

ACTIVE = "active\n"
INACTIVE = "inactive\n"


class Case:
    """What is the same for all users of one case; an age of None is no date."""

    def __init__(self, status, source, flag, kind, terminated, inactivated, events, guid):
        self.canonical = f"{status},{source},{flag},{kind}"
        self.report = f"{STATUSES[status]},{FLAGS[flag]},{SOURCES[source]},{TYPES[kind]}"
        self.terminated = terminated
        self.inactivated = inactivated
        self.events = events  # (age, second of the day, status), in file order
        self.guid = guid


def histories():
    """(inactivated_on, events) of external users."""
    def after(age):
        return [(age + 400, 29000, ACTIVE), (age, 7800, INACTIVE)]

    n = EXTERNAL_DAYS
    found = [(None, []), (n + 1, []), (n, []), (n - 1, []), (-10, []), (LAST_DAY, [])]
    for age in (n + 1, n, n - 1, 0, 2000):
        found.append((age, after(age)))
    repeated = [(n, 86399, INACTIVE), (n - 30, 7800, INACTIVE), (n - 60, 7800, INACTIVE)]
    found += [
        (None, after(n)),
        (n + 5, after(n)),  # the report and the history disagree
        (n - 60, after(900) + [(700, 0, ACTIVE)] + repeated),
        (None, [(800, 7800, INACTIVE), (770, 7800, INACTIVE)]),
        (500, [(800, 7800, INACTIVE), (770, 7800, INACTIVE)]),
        (600, after(600) + [(500, 7800, ACTIVE)]),
        (None, [(n + 1, 36000, ACTIVE), (n + 1, 36000, INACTIVE)]),
        (n + 1, after(900) + [(n + 1, 36000, INACTIVE), (n + 1, 36000, ACTIVE)]),
        (None, after(900) + [(n, 1, ACTIVE), (n, 1, INACTIVE), (n, 1, INACTIVE)]),
        (n + 7, after(n + 7) + [(-1, 0, ACTIVE)]),
        (400, [(-1, 0, ACTIVE), (-2, 0, INACTIVE)]),
        (None, [(-3, 0, INACTIVE)]),
        (None, [(0, 86399, INACTIVE), (90, 0, ACTIVE)]),
        (1000, [(1000, 7800, INACTIVE), (1500, 0, ACTIVE), (1300, 0, ACTIVE)]),
        (None, after(1200) + after(700)),
    ]
    return found


def cases():
    """Every case once, in an order that mixes them."""
    all_cases = []
    n = INTERNAL_DAYS
    for source in SOURCES:
        for flag in FLAGS:
            for guid in (False, True):
                def add(kind, terminated, inactivated, events, source=source, flag=flag, guid=guid):
                    all_cases.append(Case("inactive", source, flag, kind, terminated, inactivated,
                                          events, guid))
                add("", 900, 900, [(1300, 0, ACTIVE), (900, 0, INACTIVE)])
                for age in (None, n + 1, n, n - 1, 0, -5, 3000, FIRST_DAY, LAST_DAY):
                    add("internal", age, 500, [(1300, 0, ACTIVE), (500, 0, INACTIVE)])
                for inactivated, events in histories():
                    add("external", 1000, inactivated, events)
            for kind in TYPES:
                all_cases.append(Case("active", source, flag, kind, None, None,
                                      [(3000, 0, ACTIVE)], False))
                all_cases.append(Case("", source, flag, kind, 1000, 1000,
                                      [(3000, 0, ACTIVE), (1000, 0, INACTIVE)], True))
    step = int(len(all_cases) * 0.618) | 1
    while any(step % p == 0 and len(all_cases) % p == 0 for p in range(2, step + 1)):
        step += 1
    return [all_cases[i * step % len(all_cases)] for i in range(len(all_cases))]


def user_id(i):
    """An id of its own for each i, strange in one user of five."""
    form = i & 63
    if form >= 12:
        if i & 4095 == 12:
            return f"{'long-' * 60}{i}"
        return f"ext_{i}" if form & 1 else f"{i:07d}"
    if form == 0:
        return f"acme{i:x}z"
    if form == 1:
        return f"ACME{i - 1:X}Z"
    if form == 2:
        return f"{i:09d}"
    return (None, None, None, f"{i - 1}", f"Müller, {i}", f'"q" {i}', f"two\nlines {i}", f" {i} ",
            f"用户{i}", f"DOM\\u{i}", f"tab\t{i}", f"🎓{i}")[form]
