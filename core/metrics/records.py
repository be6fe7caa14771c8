"""Which records each KPI is made of, so that its explanation says where its figures come from.

What a page hasn't read isn't named there: of a dealer's growth the orders, of a shop's what it sold.
"""

from __future__ import annotations

# By family: names of records, and the keys of the KPIs that change with them.
MADE_OF: dict[str, dict[str, str]] = {
    "market": {
        "region": (
            "region_id name name_en level parent_id urban_class area_km2 population gdp development_status"
        ),
        "market_capacity market_sales terminal_sales": (
            "capacity capacity_previous growth share share_previous share_change share_symbol next_symbol "
            "target_symbol rival_share zone attack_order difficulty direction bcg borderline robustness "
            "opportunity needed_gain zone_rank warnings unidentified missing months months_previous "
            "attack_rank zone_flip zone_flip_by zone_flip_to entry_needed_gain"
        ),
        "market_sales terminal_sales": (
            "own own_previous own_growth rank named_rivals rival_id rival_sales rival_previous "
            "rival_growth ratio ratio_previous above_id above_sales below_id below_sales state structure "
            "target_fixed target_least target_proportional target_from_rival target_from_others "
            "target_base target_basis gap gap_fixed gap_least feasible feasibility market_needed cushion "
            "cushion_zero_sum target_years needed_growth contest_sales rival_part water_level "
            "water_rivals recorded_sales others s_above_capacity rival_name own_source "
            "own_source_previous sales_difference state_flip state_flip_to target_step "
            "entry_relative_share"
        ),
        "market_capacity": "capacity_source capacity_source_previous",
        "market_capacity market_sales region_factor terminal_sales": "entry_score",
        "region_factor": (
            "entry_known entry_missing entry_price_advantage entry_dealer_strength price_advantage "
            "dealer_strength"
        ),
    },
    "concentration": {
        "expense market_sales terminal terminal_sales visit": "decision reason",
        "expense market_sales product terminal terminal_sales visit": (
            "start value_per_effort value thinned firm explanation"
        ),
        "market_sales terminal_sales visit": "quarters",
        "market_sales terminal_sales": "visit_multiple",
        "market_sales terminal terminal_sales visit": "campaign_visits effort",
        "expense market_sales product terminal_sales visit": "win_value",
        "expense market_sales terminal_sales visit": "money quadrant_decision",
        "market_capacity market_sales region_factor terminal_sales": "attractiveness",
    },
    "overview": {
        "market_capacity market_sales terminal_sales": "total_share total_capacity",
        "market_sales terminal_sales": (
            "total_own secured_regions in_range_regions out_of_range_regions total_gap"
        ),
        "terminal visit": "unvisited_customers",
        "dealer dealer_region market_capacity market_sales region_factor terminal terminal_sales": (
            "completeness"
        ),
    },
    "customers": {
        "dealer terminal": "segment region",
        "dealer_sales market_sales terminal_sales": "sales",
        "dealer_sales market_capacity market_sales terminal_sales": "growth",
        "dealer_sales product terminal_sales": "margin margin_rate amount part margin_amount products",
        "terminal_sales": (
            "demand demand_growth account_share position accounts handled coverage structural_share"
        ),
        "visit": "visits",
        "dealer_sales terminal_sales": "months_active rank cumulated grade_previous move count count_part",
        "dealer": "payment_days",
        "dealer dealer_sales product terminal_sales visit": "grade total known solution",
        "dealer_sales product terminal_sales visit": "label",
        "dealer_sales market_capacity market_sales product region_factor terminal_sales": "attractiveness",
        "dealer dealer_sales market_capacity market_sales region_factor terminal_sales": "strength",
        "dealer dealer_sales market_capacity market_sales product region_factor terminal_sales": (
            "cell advice"
        ),
        "market_capacity market_sales terminal_sales": "size capacity share",
        "dealer_sales product region_factor terminal_sales": "customers",
    },
    "dealers": {
        "dealer": "place tier attitude capability owner required_role backup",
        "customer_form dealer": "disposition tree asks differs next_call call_state",
        "customer_form": (
            "decided_on decided_by last_call opened disorder description responsible due open days "
            "solution fresh"
        ),
        "dealer dealer_sales": "at_risk",
        "dealer_sales": (
            "sell_in growth rank part cumulated proposed sell_through sales interval_cv months_active "
            "share_cv trend"
        ),
        "dealer employee": "owner_role owner_finding backup_finding",
        "dealer dealer_sales terminal": "verdict score",
        "dealer_sales inventory": "product days_of_stock alert slow",
        "inventory": "stock counted_on",
        "expense": "advertising promotion people",
        "dealer_sales expense": "ratio",
        "dealer_sales expense expense_budget": "above state",
        "customer_form product": "category",
        "customer_form dealer product terminal": "all",
        "terminal": "terminals",
    },
    "terminals": {
        "terminal": "outlets towns",
        "terminal terminal_sales": (
            "known unknown handlers blank nd wd sih share own category per_handler quality "
            "distribution_effect in_store_effect developed development_rate"
        ),
        "inventory terminal": "out_of_stock counted",
        "score_item terminal terminal_sales": "change",
        "dealer terminal": "place",
        "score_item": "employee assessed_on assessor sheets score score_change scored",
        "relation": "state state_before level_code satisfaction advice",
        "terminal visit": "dwell visits cell",
        "customer_form": (
            "type functions stage opportunity opportunity_known policies workbook actions late"
        ),
        "customer_form dealer_sales terminal_sales visit": "risk",
        "dealer_sales terminal_sales": "sales",
    },
    "strategy": {
        "market_capacity market_sales terminal terminal_sales visit": "concentrate",
        "terminal terminal_sales visit": "attack_weak_points",
        "market_sales terminal terminal_sales visit visit_plan": "hold_fortress",
        "terminal terminal_sales": "control_key_customers",
        "terminal visit": "visit_everyone",
        "market_capacity market_sales terminal terminal_sales visit visit_plan": "broken kept",
        "market_sales terminal terminal_sales": "unknown",
        "region_factor": (
            "value_score value_rank value_known value_missing customers purchasing_power fixedness "
            "scaled_customers scaled_purchasing_power scaled_fixedness"
        ),
        "region": "area scaled_area",
    },
    "expenses": {
        "expense_budget": "budget year_budget",
        "expense": (
            "actual advertising promotion people expense spent forecast forecast_error forecast_reason"
        ),
        "expense expense_budget": (
            "difference compared_budget compared_actual used state unbudgeted unbooked"
        ),
        "dealer_sales": "sales",
        "dealer_sales expense": "ratio ratio_months",
    },
    "promotions": {
        "promotion promotion_shop": "place method",
        "promotion": "product start_on end_on cost",
        "promotion promotion_shop terminal_sales": "units left_out mixed cost_counted",
        "promotion promotion_shop terminal terminal_sales": (
            "controls expected effect effect_low effect_high lift lift_low lift_high verdict trend "
            "trend_rate trend_low trend_high reason compared"
        ),
        "product promotion promotion_shop terminal_sales": "margin_rate",
        "product promotion promotion_shop terminal terminal_sales": (
            "gain gain_low gain_high rate rate_low rate_high"
        ),
    },
}
_RECORDS = {
    (family, key): tuple(records.split())
    for family, groups in MADE_OF.items()
    for records, keys in groups.items()
    for key in keys.split()
}


def records_of(family: str, key: str) -> tuple[str, ...]:
    """Return the names of the records that a KPI is made of; a new one has none, which a test refuses."""
    return _RECORDS.get((family, key), ())
