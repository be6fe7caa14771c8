// Small builders of elements. Texts are always set as text, never as HTML: names come from the data.
export const h = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else if (name in element && name !== "list") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
};

export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

// One tap chooses; a second tap on the same takes it back, unless something must stay chosen.
export const chips = (name, options, chosen, change) => {
  const row = h("div", { class: "chips", role: "radiogroup", "data-field": name });
  const draw = (value) => {
    row.replaceChildren(
      ...options.map(([code, label]) =>
        h("button", {
          type: "button", class: "chip", role: "radio", "aria-checked": String(code === value), "data-code": code,
          onclick: () => {
            const next = code === value ? null : code;
            draw(next);
            change(next);
          },
        }, label)
      )
    );
  };
  draw(chosen ?? null);
  row.redraw = draw;
  return row;
};

export const field = (label, control, { must = false, hint = "" } = {}) =>
  h("section", { class: "field", "data-must": must || null },
    h("label", {}, label, must ? h("span", { class: "must", "aria-hidden": "true" }, " *") : null),
    control,
    hint ? h("p", { class: "hint" }, hint) : null);

const pad = (number) => String(number).padStart(2, "0");
export const isoDay = (date) => `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
export const clock = (date) => `${pad(date.getHours())}:${pad(date.getMinutes())}`;
export const addDays = (day, count) => {
  const [year, month, date] = day.split("-").map(Number);
  return isoDay(new Date(year, month - 1, date + count));
};
export const dayLabel = (day, lang) => {
  const [year, month, date] = day.split("-").map(Number);
  const options = { month: "numeric", day: "numeric", weekday: "short" };
  return new Intl.DateTimeFormat(lang, options).format(new Date(year, month - 1, date));
};
