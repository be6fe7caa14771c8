"""Where everything lies in the two arrays that the kernels work on.

The kernels pass two flat arrays, ``num`` (float64) and ``idx`` (int32), instead of many: Numba
counts the references of every array of every call, and with sixty arrays that count took nearly
all of the time. The head of ``idx`` holds sizes, counters and the offsets of the sections; the
names below are places in that head. Sections of ``num`` and of ``idx`` have their offsets there.

Customers are numbered 0 … n-1; the places where routes start and end follow as nodes n, n+1, …
A route is one vehicle on one day; the routes of a day are neighbours in the numbering. Customers
that must share their days form a unit; everybody else is a unit of one.
"""

from __future__ import annotations

# fmt: off
# Sizes and switches.
(
    CUSTOMERS, NODES, DAYS, ROUTES, UNITS, NEIGHBOURS,
    VEHICLES,  # width of MAY_SERVE; 0 when every vehicle may serve everybody
    WINDOWED,  # 1 when schedules matter: windows, breaks or separate travel minutes
    TIMED,     # 1 when the minutes of a route matter
# Counters of the search.
    TOUCHED, TASKS, OVERLOADED, OVERTIME, FOUND, VISITS, WINDOW, KEPT_LOAD, KEPT_TIME,
# Sections of num.
    TO,           # [node, node] distance from the first to the second
    FRO,          # its transpose, so that both directions of one customer are read from one row
    MINUTES_TO,   # the same of travel minutes
    MINUTES_FRO,
    SERVICE,      # [customer] minutes
    DEMAND,       # [customer]
    OPENS,        # [customer, day] earliest start of the visit
    CLOSES,       # [customer, day] latest start of the visit
    ROUTE_NUM,    # [route, ROUTE_NUMBERS], the fields are named below
    ARC,          # [route, customer + 1] distance of the arc before each position
    OLD_ARC,
    VERSION,      # [route] version of its content
    OLD_VERSION,
    KNOWN,        # [customer, route, 3] version of the route, the two cheapest insertions
    TASK_KEY,     # [task]
    DAY_VALUE,    # [member, day]
    BEFORE,       # [route, customer + 1, 4] schedule up to a position
    AFTER,        # [route, customer + 1, 4] schedule from a position on
    OLD_BEFORE,
    OLD_AFTER,
# Sections of idx.
    ROUTE_IDX,    # [route, ROUTE_INDICES], the fields are named below
    NODE,         # [route, customer] the stops in order
    OLD_NODE,     # the copy for undoing
    BEST_NODE,    # the best plan
    AT,           # [customer, day] route of the visit, -1 = none
    NEAR,         # [customer, k] customers by distance, itself first
    MAY_SERVE,    # [customer, vehicle]
    UNIT_OF,      # [customer]
    UNIT_FIRST,   # [unit + 1] into UNIT_MEMBERS
    UNIT_MEMBERS,
    CHOICE_FIRST,      # [unit + 1] into CHOICE_DAY_FIRST: the combinations of a unit
    CHOICE_DAY_FIRST,  # [combination + 1] into CHOICE_DAYS
    CHOICE_DAYS,
    UNION_FIRST,       # [unit + 1] into UNION_DAYS: every day that some combination of the unit has
    UNION_DAYS,
    DAY_FIRST,         # [day + 1] the routes of a day
    TOUCHED_LIST,      # [route]
    TASK_CUSTOMER,     # [task] a customer, or a unit when the day is -1
    TASK_DAY,          # [task] -1 = choose the combination anew
    IS_FREE,           # [unit] 1 while the unit has no visit
    STRING,            # [customer] the visits about to be removed
    KNOWN_PLACE,       # [customer, route, 2]
    DAY_ROUTE,         # [member, day]
    DAY_PLACE,         # [member, day]
    HEAD,
) = range(63)

# The first numbers of num.
COST, BEST, STAMP, LOAD_WEIGHT, TIME_WEIGHT, BALANCE_WEIGHT, NUM_HEAD = range(7)

# Fields of a route in num. The first SUMS are kept for undoing, SUMS places further on.
(
    DISTANCE, LOAD, WORK, MINUTES, LATE, ROUTE_COST, SUMS,
) = range(7)
(
    MAX_LOAD, MAX_MINUTES, SHIFT_OPENS, SHIFT_CLOSES, SOFT_LOW, SOFT_HIGH,
    BREAK_MINUTES, BREAK_OPENS, BREAK_CLOSES, ROUTE_NUMBERS,
) = range(2 * SUMS, 2 * SUMS + 10)

# Fields of a route in idx.
(
    DAY, VEHICLE, START, END, LENGTH, OLD_LENGTH, BEST_LENGTH, IS_TOUCHED, IS_RUINED, BREAK_AT, OLD_BREAK_AT,
    ROUTE_INDICES,
) = range(12)
# fmt: on
