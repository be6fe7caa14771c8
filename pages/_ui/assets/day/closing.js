// The end of the day: minutes, what must be known, tomorrow; kept like a visit until it is saved.
import { dayLabel, field, fill, h } from "./dom.js";

export const closing = (draft, data, { change, save, back }) => {
  const t = data.texts;
  const minutes = (code) => h("input", {
    type: "text", inputMode: "numeric", value: draft.minutes[code] ?? "", "data-field": `minutes_${code}`,
    oninput: (event) => {
      change({ minutes: { ...draft.minutes, [code]: event.target.value } });
      total.textContent = summed();
    },
  });
  const area = (name) => h("textarea", {
    rows: 3, maxLength: 1000, value: draft[name] ?? "", "data-field": name, oninput: (event) => change({ [name]: event.target.value }),
  });
  const summed = () => {
    const known = Object.values(draft.minutes).map(Number).filter((value) => value > 0);
    return known.length ? fill(t.minutes_sum, { sum: known.reduce((one, other) => one + other, 0) }) : "";
  };
  const total = h("p", { class: "hint" }, summed());
  return h("div", { class: "sheet" },
    h("header", { class: "sheet-head" },
      h("button", { type: "button", class: "plain", onclick: back, "data-action": "back" }, "‹ " + t.back),
      h("div", {}, h("h2", {}, t.close_day), h("p", { class: "hint" }, dayLabel(data.day, data.lang)))),
    draft.refused ? h("p", { class: "notice bad", role: "alert" }, draft.refused) : null,
    h("div", { class: "grid" }, Object.entries(data.activities).map(([code, label]) => field(label, minutes(code)))),
    total,
    Object.keys(data.report.minutes).length ? null : h("p", { class: "hint" }, t.proposed),
    field(t.day_remark, area("remark")),
    field(fill(t.tomorrow, { day: dayLabel(data.next.day, data.lang) }), h("div", {},
      data.next.stops.length
        ? h("ol", { class: "next" }, data.next.stops.slice(0, 8).map((stop) => h("li", {}, stop)))
        : h("p", { class: "hint" }, t.nothing_planned),
      data.next.stops.length > 8 ? h("p", { class: "hint" }, fill(t.and_more, { count: data.next.stops.length - 8 })) : null,
      area("tomorrow"))),
    h("div", { class: "save-bar" }, h("button", { type: "button", class: "primary", "data-action": "save", onclick: save }, t.hand_in)));
};
