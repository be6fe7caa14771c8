// The visit as a sheet: everything typed goes into the draft at once, and the draft into the browser.
import { addDays, chips, dayLabel, field, fill, h } from "./dom.js";
import { addPhoto } from "./photo.js";

const WEEKS = [7, 14, 28];

export const sheet = (draft, data, { change, save, back, cancel, remove, problem }) => {
  const t = data.texts;
  const set = (name) => (value) => change({ [name]: value });
  const setReview = (name) => (value) => change({ review: { ...draft.review, [name]: value } });
  const text = (name, attributes, setter = set(name), value = draft[name]) =>
    h("input", { ...attributes, value: value ?? "", "data-field": name, oninput: (event) => setter(event.target.value) });
  const area = (name, setter, value) =>
    h("textarea", { rows: 2, maxLength: 1000, "data-field": name, value: value ?? "", oninput: (event) => setter(event.target.value) });
  const yesNo = [["yes", t.yes], ["no", t.no]];
  const fromBoolean = (value) => (value === true ? "yes" : value === false ? "no" : null);
  const toBoolean = (code) => (code === null ? null : code === "yes");

  // The plan's own next visit is chosen from the start; any other day is one tap.
  const days = [...(draft.planned ? [draft.planned] : []), ...WEEKS.map((count) => addDays(draft.day, count))];
  const dayChoices = [...new Set(days)].map((day, place) => [
    day, draft.planned && place === 0 ? fill(t.by_plan, { day: dayLabel(day, data.lang) }) : dayLabel(day, data.lang),
  ]);
  const other = h("input", {
    type: "date", min: addDays(draft.day, 1), value: draft.review.next_on ?? "", "data-field": "next_on", "aria-label": t.other_day,
    oninput: (event) => { setReview("next_on")(event.target.value || null); dayRow.redraw(event.target.value || null); },
  });
  const dayRow = chips("next_day", dayChoices, draft.review.next_on, (day) => { other.value = day ?? ""; setReview("next_on")(day); });
  const content = text("next_content", { type: "text", maxLength: 1000, placeholder: t.next_content },
    (value) => { setReview("next_content")(value); contentRow.redraw(value); }, draft.review.next_content);
  const contentRow = chips("next_about", data.purposes.map((word) => [word, data.words[word] ?? word]), draft.review.next_content,
    (word) => { content.value = word ?? ""; setReview("next_content")(word); });

  // An order says that the visit reached its purpose, until somebody says otherwise.
  const reached = chips("effective", yesNo, draft.effective, set("effective"));
  const ordered = (value) => {
    change({ order: value });
    if (Number(value) > 0 && !draft.effective) {
      change({ effective: "yes" });
      reached.redraw("yes");
    }
  };

  const points = h("details", { class: "points", open: Boolean(draft.points_open), ontoggle: (event) => change({ points_open: event.target.open }) },
    h("summary", {}, t.points),
    field(t.outcome, chips("outcome", Object.entries(data.outcomes), draft.review.outcome, setReview("outcome"))),
    field(t.ladder, chips("ladder", Object.entries(data.ladder), draft.review.ladder, setReview("ladder"))),
    Object.entries(data.review).map(([code, label]) => h("div", { class: "point" }, h("span", {}, label),
      chips(code, yesNo, fromBoolean(draft.review[code]), (value) => setReview(code)(toBoolean(value))))),
    field(t.talk, area("talk", setReview("result"), draft.review.result)));

  const pictures = h("div", { class: "pictures" });
  const drawPictures = () => pictures.replaceChildren(
    ...(draft.sent_photos ?? []).map((name) => h("img", { src: data.photo_url + name + ".jpg", alt: t.photo })),
    ...(draft.photos ?? []).map((photo, place) => h("button", {
      type: "button", class: "picture", "aria-label": t.remove_photo,
      onclick: () => { change({ photos: draft.photos.filter((_photo, number) => number !== place) }); drawPictures(); },
    }, h("img", { src: photo, alt: t.photo }), h("span", {}, "×"))));
  drawPictures();
  const camera = h("label", { class: "camera" }, t.add_photo, h("input", {
    type: "file", accept: "image/*", "data-field": "photo", hidden: true,
    onchange: async (event) => {
      const said = await addPhoto(event.target, draft, change, t);
      drawPictures();
      if (said) problem(said);
    },
  }));

  return h("div", { class: "sheet" },
    h("header", { class: "sheet-head" },
      h("button", { type: "button", class: "plain", onclick: back, "data-action": "back" }, "‹ " + t.back),
      h("div", {}, h("h2", {}, draft.shop_name), draft.address ? h("p", { class: "hint" }, draft.address) : null),
      draft.version ? null : h("button", { type: "button", class: "plain quiet", onclick: cancel, "data-action": "cancel" }, t.cancel)),
    draft.refused ? h("p", { class: "notice bad", role: "alert" }, draft.refused) : null,
    h("div", { class: "pair" },
      field(t.arrived, text("arrived", { type: "time" })),
      draft.version || draft.later || draft.refused ? field(t.left, text("left", { type: "time" })) : h("p", { class: "hint place" }, draft.place_text ?? t.no_place)),
    field(t.purpose, chips("purpose", data.purposes.map((word) => [word, data.words[word] ?? word]), draft.purpose, set("purpose")), { must: true }),
    field(t.result, chips("result", data.results.map((word) => [word, data.words[word] ?? word]), draft.result, set("result")), { must: true }),
    h("div", { class: "pair" },
      field(t.order, text("order", { type: "text", inputMode: "decimal", placeholder: t.none }, ordered)),
      field(t.effective, reached)),
    field(t.next_on, h("div", {}, dayRow, other), { must: true }),
    field(t.next_about, h("div", {}, contentRow, content), { must: true }),
    field(t.stock, chips("stock", Object.entries(data.stock), draft.stock, set("stock"))),
    field(t.display, chips("display", Object.entries(data.display), draft.display, set("display"))),
    field(t.facings, text("facings", { type: "text", inputMode: "numeric", placeholder: t.not_counted })),
    points,
    field(t.photo, h("div", {}, pictures, camera), { hint: t.photo_hint }),
    field(t.remark, area("remark", set("remark"), draft.remark)),
    draft.version ? h("button", { type: "button", class: "plain bad", "data-action": "remove", onclick: (event) => {
      if (event.target.dataset.sure) remove();
      event.target.dataset.sure = "yes";
      event.target.textContent = t.take_back_sure;
    } }, t.take_back) : null,
    h("div", { class: "save-bar" }, h("button", { type: "button", class: "primary", "data-action": "save", onclick: save },
      draft.version ? t.save_again : t.leave_and_save)));
};

// Names of the musts that are empty, in the order of the sheet.
export const missing = (draft) =>
  [["purpose", draft.purpose], ["result", draft.result], ["next_day", draft.review.next_on], ["next_about", draft.review.next_content]]
    .filter(([, value]) => !value || !String(value).trim()).map(([name]) => name);
