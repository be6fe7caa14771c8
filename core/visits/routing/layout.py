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
    PLAIN,     # 1 when a piece of a route costs the same backwards and in every route of its day
    SLOTS,     # plans that the population has room for
    MOST_VISITS,
    MOST_ROUTES,  # of a day
    SEVERAL,   # 1 when a visit can have several windows on a day; OPENS and CLOSES are of the one chosen
    REPS,      # width of REP_ROUTE where all visits of a customer are one rep's, else 0
# Counters of the search.
    TOUCHED, TASKS, OVERLOADED, OVERTIME, FOUND, VISITS, WINDOW, KEPT_LOAD, KEPT_TIME,
    BORN, BORN_LOAD, BORN_TIME,  # plans born since the penalties were set, those that keep a limit
    BARREN,                      # plans born since the population's best one
    DRAWN,                       # plans of the population made at random
# Sections of num.
    TO,           # [node, node] distance from the first to the second
    FRO,          # its transpose, so that both directions of one customer are read from one row
    MINUTES_TO,   # the same of travel minutes
    MINUTES_FRO,
    SERVICE,      # [customer] minutes
    DEMAND,       # [customer]
    OPENS,        # [customer, day] earliest start of the visit, in the window chosen
    CLOSES,       # [customer, day] latest start of the visit
    ROUTE_NUM,    # [route, ROUTE_NUMBERS], the fields are named below
    WINDOWS,      # [window, 2] earliest and latest start
    OLD_WINDOW,   # [route, customer, 2] the windows chosen, for undoing
    BEST_WINDOW,  # [2, customer, day] those of the best plan
    ARC,          # [route, customer + 1] distance of the arc before each position
    OLD_ARC,
    VERSION,      # [route] version of its content
    OLD_VERSION,
    KNOWN,        # [customer, route, 3] version of the route, the two cheapest insertions
    TASK_KEY,     # [task]
    DAY_VALUE,    # [member, rep, day]; one rep where the visits may be different ones
    BEFORE,       # [route, customer + 1, 4] schedule up to a position
    AFTER,        # [route, customer + 1, 4] schedule from a position on
    OLD_BEFORE,
    OLD_AFTER,
    LOAD_UPTO,    # [route, customer + 1] load of the first visits of a route
    MINUTES_UPTO, # the same of its minutes
    TESTED,       # [customer, day] stamp when the moves of the visit were last tried
    PAIR_TESTED,  # [route, route of the day] stamp when swaps between the two were last tried
    INDEXED,      # [route] version that TOUR, PLACE, LOAD_UPTO and MINUTES_UPTO are of
    INSERTION,    # [customer, route, 4] version of the route, the three shortest detours
    SLOT_COST,    # [slot, 3] cost without the penalties that adapt, excess load, excess minutes
    SLOT_VALUE,   # [slot] cost with penalties
    FITNESS,      # [2, slot] rank by value and by difference from the others, low is good; the difference
    APART,        # [slot, slot] share of visits whose neighbours differ
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
    DAY_ROUTE,         # [member, rep, day]
    DAY_PLACE,         # [member, rep, day]
    WINDOW_FIRST,      # [customer * day + 1] into WINDOWS
    MEETS,             # [unit] 1 where its members' visits begin at the same time
    REP,               # [customer] who makes its visits, -1 while that is open
    REP_ROUTE,         # [day, rep] the route, -1 on a day off
    TOUR,              # [route, customer + 2] the stops between start and end
    PLACE,             # [customer, day] position of the visit in TOUR
    INSERTION_PLACE,   # [customer, route, 3] the position in TOUR before each of them
    BUFFER,            # [2, customer] routes being made
    ORDER,             # [customer] what is gone through at random
    MEMBERS,           # [2, slot] the plans that keep all limits, and the others
    MEMBER_COUNT,      # [2]
    FREE_SLOTS,        # [slot + 1] their number first
    SLOT_NODE,         # [slot, visit] the stops of all routes, one route after the other
    SLOT_LENGTH,       # [slot, route]
    SLOT_NEXT,         # [slot, customer, day] the next node, -1 without a visit
    SLOT_LAST,         # [slot, customer, day] the node before
    HEAD,
) = range(103)

# The first numbers of num.
(
    COST, BEST, STAMP, LOAD_WEIGHT, TIME_WEIGHT, BALANCE_WEIGHT,
    BEST_MEMBER,  # cost of the best plan of the population
    NUM_HEAD,
) = range(8)

# Fields of a route in num. The first SUMS are kept for undoing, SUMS places further on.
(
    DISTANCE, LOAD, WORK, MINUTES, LATE, ROUTE_COST, SUMS,
) = range(7)
(
    MAX_LOAD, MAX_MINUTES, SHIFT_OPENS, SHIFT_CLOSES, SOFT_LOW, SOFT_HIGH,
    BREAK_MINUTES, BREAK_OPENS, BREAK_CLOSES,
    IDLE,  # distance without visits; 0 unless the way from start to end is driven all the same
    ROUTE_NUMBERS,
) = range(2 * SUMS, 2 * SUMS + 11)

# Fields of a route in idx.
(
    DAY, VEHICLE, START, END, LENGTH, OLD_LENGTH, BEST_LENGTH, IS_TOUCHED, IS_RUINED, BREAK_AT, OLD_BREAK_AT,
    ROUTE_INDICES,
) = range(12)
# fmt: on
