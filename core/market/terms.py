"""The codes of the market table: English label, explanation, and the method's exact Chinese term."""

from __future__ import annotations

from core.i18n import N_
from core.market.concentration.terms import DECISION_TERMS, INPUT_TERMS, REASON_TERMS

Texts = dict[str, tuple[str, str, str]]

_STATES: Texts = {
    "secured": (
        N_("Secured No.1"),
        N_("First, and out of the second's range: at least k times its sales."),
        "确立第一",
    ),
    "leading_in_range": (
        N_("Leading, not secured"),
        N_(
            "First by sales, but the second is within range and can overtake. Being first by one yuan "
            "is not No.1."
        ),
        "领先未确立",
    ),
    "tied": (N_("Tied for first"), N_("Exactly as much as the largest rival; nobody is No.1."), "并列第一"),
    "chasing_in_range": (
        N_("Chasing, in range"),
        N_("Behind the leader, but within its range: it can be overtaken."),
        "追赶中（射程内）",
    ),
    "out_of_range": (
        N_("Out of range"),
        N_(
            "The leader sells more than k times as much. Don't chase it everywhere: subdivide by region, "
            "product or customer and become first in a part."
        ),
        "射程外",
    ),
    "no_own_sales": (N_("No own sales"), N_("We sell nothing here; a rival does."), "未进入"),
    "no_rival_data": (
        N_("No rival data"),
        N_(
            "No named rival's sales are recorded, so there is no second to measure against. Aim at the "
            "next share target."
        ),
        "缺竞争对手数据",
    ),
    "sole_supplier": (
        N_("Sole supplier"),
        N_("Confirmed: there is no competitor here. “我们根本没有遇到竞争”"),
        "没有遇到竞争",
    ),
    "own_unknown": (
        N_("Own sales unknown"),
        N_("Our own sales here aren't recorded; missing isn't zero."),
        "缺本公司数据",
    ),
}

_STRUCTURES: Texts = {
    "monopoly": (N_("Complete monopoly"), N_("One company has 73.9 % or more."), "完全独占型"),
    "dominant": (
        N_("One dominant"),
        N_("The first has 41.7 % or more and the second is out of its range."),
        "一强独大型",
    ),
    "two_strong": (
        N_("Two strong"),
        N_("Two companies have 73.9 % together and are within range of each other."),
        "二强型",
    ),
    "three_strong": (
        N_("Three strong"),
        N_(
            "Three companies have 73.9 % together, each within range of the next, and the first has no "
            "more than the other two."
        ),
        "三强型",
    ),
    "fragmented": (
        N_("Fragmented"),
        N_(
            "The first has 26.1 % at most and the leading companies are within range of one another: "
            "open to anybody."
        ),
        "分散型",
    ),
    "transitional": (
        N_("Transitional"),
        N_("Fits none of the types; the market is on its way from one to another."),
        "过渡型",
    ),
}

_SYMBOLS: Texts = {
    "upper_limit": (
        N_("Upper limit target"),
        N_("73.9 %: a monopoly in effect; safe, whatever the rivals do. More isn't worth its cost."),
        "上限目标值",
    ),
    "stable": (
        N_("Stable target"),
        N_("41.7 %: a safe first place where there are three or more companies."),
        "安定目标值",
    ),
    "lower_limit": (
        N_("Lower limit target"),
        N_("26.1 %: the least with which a company can be first; the first place isn't stable."),
        "下限目标值",
    ),
    "upper_rank": (N_("Upper rank target"), N_("19.3 %: among the leading companies."), "上位目标值"),
    "influence": (N_("Influence target"), N_("10.9 %: the others have to reckon with us."), "影响目标值"),
    "presence": (N_("Presence target"), N_("6.8 %: noticed by the others, without influence."), "存在目标值"),
    "foothold": (N_("Foothold target"), N_("2.8 %: a base from which to enter the market."), "据点目标值"),
    "below_foothold": (N_("Below a foothold"), N_("Less than 2.8 %: hardly in the market."), "据点以下"),
}

_ZONES: Texts = {
    "growth_competition": (N_("Growth competition zone"), N_("Growth high, share high."), "成长竞争区"),
    "stable": (N_("Stable zone"), N_("Growth low, share high."), "稳定区"),
    "unstable": (N_("Unstable zone"), N_("Growth high, share low."), "不稳定区"),
    "decline": (N_("Decline zone"), N_("Growth low, share low."), "衰退区"),
}

_DIFFICULTY: Texts = {
    "easy": (N_("Easy"), N_("Easy to attack, by the document's table."), "易"),
    "hard": (N_("Hard"), N_("Hard to attack, by the document's table."), "难"),
}

_DIRECTIONS: Texts = {
    "replace_and_add": (
        N_("(Replace and add)"),
        N_("Win the customers' replacement and additional purchases. In brackets in the document."),
        "(取代加装)",
    ),
    "keep_focus": (
        N_("Keep the focus"),
        N_("Hold what there is, with the effort on the important points."),
        "维持重点",
    ),
    "deep_cultivation": (
        N_("Deep cultivation"),
        N_("Work the region intensively, customer by customer, to gain share while it grows."),
        "深耕战略",
    ),
}

_BCG: Texts = {
    "star": (N_("Star"), N_("High growth, at least as large as the largest rival."), "明星"),
    "cash_cow": (N_("Cash cow"), N_("Low growth, at least as large as the largest rival."), "金牛"),
    "question_mark": (N_("Question mark"), N_("High growth, smaller than the largest rival."), "问题"),
    "dog": (N_("Dog"), N_("Low growth, smaller than the largest rival."), "瘦狗"),
}

_FEASIBILITY: Texts = {
    "secured": (N_("Already secured"), N_("Nothing to gain; keep the distance."), "已确立"),
    "fits_in_market": (
        N_("Fits into the market"),
        N_("The target fits into today's sales without the leader losing."),
        "存量市场内可行",
    ),
    "needs_unidentified": (
        N_("Needs the unidentified part"),
        N_("Only the capacity that no recorded company sells makes room."),
        "需争取未识别市场",
    ),
    "needs_growth_or_leader": (
        N_("Needs growth or the leader's loss"),
        N_("Today's market is too small for the target beside the leader."),
        "需市场增长或夺取第一位份额",
    ),
    "no_target": (N_("No target"), N_("Own or rivals' sales aren't recorded."), "无目标"),
}

_TARGET_BASIS: Texts = {
    "proportional": (
        N_("All rivals lose in proportion"),
        N_("Base version where the market's total is known."),
        "",
    ),
    "fixed": (N_("Rivals stand still"), N_("Base version where the market's total isn't known."), ""),
    "secured": (N_("Hold"), N_("Already secured: the target is what we sell."), ""),
}

_STAGES: Texts = {
    "inside_range": (N_("Get inside the range"), N_("At least 1/k of the leader's sales."), "进入射程"),
    "pass_next": (N_("Pass the next one up"), N_("More than the company directly above us."), "超过上一位"),
    "pass_leader": (N_("Pass the leader"), N_("More than the largest rival."), "超过第一位"),
    "secure": (N_("Secure No.1"), N_("k times the largest rival."), "确立第一"),
}

_WARNINGS: Texts = {
    "keep_focus_out_of_range": (
        N_("Withdraw or subdivide?"),
        N_(
            "The document says 维持重点 for the decline zone. The leader is out of range here: Lanchester "
            "practice would withdraw, or subdivide and win a part."
        ),
        "",
    ),
    "deepen_out_of_range": (
        N_("Subdivide first"),
        N_(
            "The document says 深耕战略. The leader is out of range here: cultivate one part first, by "
            "district, product or customer."
        ),
        "",
    ),
    "easy_but_not_first": (
        N_("Not as easy as it looks"),
        N_("The zone is called easy because our share is high; but somebody else is first here."),
        "",
    ),
    "stable_not_secured": (
        N_("Stable zone, not secured"),
        N_(
            "The zone is called stable, but the second is within range, or we aren't first: strengthen "
            "before keeping."
        ),
        "",
    ),
    "leader_not_stable": (
        N_("First, but not stable"),
        N_("We are first with less than 26.1 %: below the lower limit a first place isn't stable."),
        "",
    ),
}

_MISSING: Texts = {
    "capacity": (N_("Capacity"), N_("No market capacity for the period."), ""),
    "capacity_previous": (
        N_("Capacity a year earlier"),
        N_("No market capacity for the period a year earlier."),
        "",
    ),
    "own": (N_("Own sales"), N_("No own sales recorded for the period."), ""),
    "own_previous": (N_("Own sales a year earlier"), N_("No own sales recorded a year earlier."), ""),
    "rivals": (N_("Rivals"), N_("No named rival's sales recorded."), ""),
}

_PRINCIPLES: Texts = {
    "concentrate": (
        N_("Concentrate"),
        N_("Focus regions get at least the part of the effort that they have of the opportunity."),
        "集中",
    ),
    "attack_weak_points": (
        N_("Attack the weak points"),
        N_("Shops where a rival leads by less than k are visited at least as often as all customers."),
        "攻击弱者与薄弱环节",
    ),
    "hold_fortress": (
        N_("Hold the fortress"),
        N_("Where we are secured, the ratio doesn't fall and the planned visits are made."),
        "巩固要塞，强化地盘",
    ),
    "control_key_customers": (
        N_("Control the key customers"),
        N_("We are first in enough of the A customers."),
        "控制大客户",
    ),
    "visit_everyone": (
        N_("No customer unvisited"),
        N_("Every active customer was visited in the cycle."),
        "未访问客户为零",
    ),
}

_STATUSES: Texts = {
    "pass": (N_("Pass"), N_("The check holds."), ""),
    "fail": (N_("Fail"), N_("The check doesn't hold."), ""),
    "unknown": (N_("Unknown"), N_("The facts the check needs aren't recorded."), ""),
    "not_applicable": (N_("Not applicable"), N_("The check doesn't concern this region."), ""),
}

_FLIP_INPUTS: Texts = {
    "growth": (N_("Market growth"), N_("The growth is nearer to its cut line than the share."), ""),
    "share": (N_("Market share"), N_("The share is nearer to its cut line than the growth."), ""),
}
_ENTRY_FACTORS: Texts = {
    "relative_share": (N_("Relative share"), N_("Our sales or a rival's aren't recorded."), ""),
    "needed_gain": (N_("Needed gain"), N_("The gap or the capacity isn't known."), ""),
    "price_advantage": (N_("Price advantage"), N_("No region factor of that name is recorded."), ""),
    "dealer_strength": (N_("Dealer strength"), N_("No region factor of that name is recorded."), ""),
}

_OWN_SOURCES: Texts = {
    "recorded": (N_("Recorded"), N_("Our sales here are recorded."), ""),
    "no_row": (
        N_("No row of ours"),
        N_(
            "No row of ours in the period; our books count as complete, so our sales here are zero. Where "
            "the books have gaps, say so under Settings."
        ),
        "",
    ),
}

TERMS: dict[str, Texts] = {
    "state": _STATES,
    "structure": _STRUCTURES,
    "share_symbol": _SYMBOLS,
    "zone": _ZONES,
    "difficulty": _DIFFICULTY,
    "direction": _DIRECTIONS,
    "bcg": _BCG,
    "feasibility": _FEASIBILITY,
    "target_basis": _TARGET_BASIS,
    "stage": _STAGES,
    "warning": _WARNINGS,
    "missing": _MISSING,
    "own_source": _OWN_SOURCES,
    "principle": _PRINCIPLES,
    "status": _STATUSES,
    "flip_input": _FLIP_INPUTS,
    "entry_factor": _ENTRY_FACTORS,
    "concentration_decision": DECISION_TERMS,
    "concentration_reason": REASON_TERMS,
    "concentration_input": INPUT_TERMS,
}
