// The day as a list: where to go, where one is, where one was.
import { dayLabel, fill, h } from "./dom.js";

const MOST_FOUND = 8;

const stop = (row, number, data, actions) => {
  const t = data.texts;
  const why = [row.reason_text, row.begins, row.grade && fill(t.grade, { grade: row.grade }), row.last].filter(Boolean).join(" · ");
  const done = row.visit;
  const button = row.draft
    ? h("button", { type: "button", class: "primary", "data-action": "resume", onclick: () => actions.resume(row.draft) }, t.go_on)
    : done
      ? h("button", { type: "button", class: "done", "data-action": "open", onclick: () => actions.open(done) }, row.waiting ? t.waiting : `${done.start}`)
      : h("button", { type: "button", class: "primary", "data-action": "check-in", onclick: () => actions.checkIn(row) }, t.check_in);
  return h("li", { class: done ? "stop is-done" : "stop", "data-shop": row.id },
    h("span", { class: "number", "aria-hidden": "true" }, done && !row.waiting ? "✓" : row.waiting ? "↑" : number),
    h("div", { class: "about" }, h("strong", {}, row.name), row.address ? h("span", { class: "hint" }, row.address) : null,
      h("span", { class: "why" }, why),
      row.agreed ? h("span", { class: "agreed" }, fill(t.agreed, { content: row.agreed })) : null,
      done ? h("span", { class: "hint" }, [data.words[done.purpose] ?? done.purpose, data.words[done.result] ?? done.result, done.order && fill(t.yuan, { amount: done.order })].filter(Boolean).join(" · ")) : null),
    button);
};

export const list = (rows, data, state, actions) => {
  const t = data.texts;
  const done = rows.filter((row) => row.visit).length;
  const found = h("ul", { class: "stops found" });
  const search = h("input", {
    type: "search", placeholder: t.search, "aria-label": t.search, "data-field": "search", value: state.search ?? "",
    oninput: (event) => { actions.searched(event.target.value); look(event.target.value); },
  });
  const look = (text) => {
    const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const here = new Set(rows.map((row) => row.id));
    const hits = words.length ? data.shops.filter((shop) => !here.has(shop.id)
      && words.every((word) => `${shop.name} ${shop.address ?? ""} ${shop.id}`.toLowerCase().includes(word))) : [];
    found.replaceChildren(...hits.slice(0, MOST_FOUND).map((shop) => stop(shop, "+", data, actions)),
      ...(words.length && !hits.length ? [h("li", { class: "hint" }, t.not_found)] : []),
      ...(hits.length > MOST_FOUND ? [h("li", { class: "hint" }, fill(t.more_found, { count: hits.length - MOST_FOUND }))] : []));
  };
  look(state.search ?? "");
  const report = data.report.version
    ? fill(t.handed_in, { time: data.report.handed_in_at }) : t.not_handed_in;
  return h("div", {},
    h("div", { class: "progress", role: "img", "aria-label": fill(t.progress, { done, all: rows.length }) },
      h("span", { style: `width:${rows.length ? (100 * done) / rows.length : 0}%` })),
    rows.length ? h("ol", { class: "stops" }, rows.map((row, place) => stop(row, place + 1, data, actions)))
      : h("p", { class: "notice" }, fill(t.no_route, { day: dayLabel(data.day, data.lang) })),
    h("div", { class: "search" }, search, found),
    h("div", { class: "close-day" }, h("p", { class: "hint" }, report),
      h("button", { type: "button", class: "secondary", "data-action": "close-day", onclick: actions.close },
        data.report.version ? t.change_report : t.close_day)));
};
