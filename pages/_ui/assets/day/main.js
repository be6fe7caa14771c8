// 日报 in the browser: the list of the day, the sheet of a visit, the end of the day. Nothing here needs the
// server until something is sent; what is typed is kept by outbox.js first and sent afterwards.
import { closing } from "./closing.js";
import { keepUsable } from "./connection.js";
import { clock, dayLabel, fill, h, isoDay } from "./dom.js";
import { list } from "./list.js";
import { Outbox, newId, read, write } from "./outbox.js";
import { missing, sheet } from "./sheet.js";

const PLACE_MS = 8_000;

class Day {
  constructor() {
    this.host = h("div", { class: "day" });
    this.bar = h("div", { class: "bar", role: "status" });
    this.body = h("div", {});
    this.host.append(this.bar, this.body);
    this.box = new Outbox((what) => this.changed(what));
    this.box.sent = (entry, answer) => this.acknowledge(entry, answer);
    this.box.refused = (entry, answer) => this.takeBack(entry, answer);
    // A photo waits until its visit is there.
    this.box.held = (entry) => entry.kind === "photo" && (entry.visit_id in this.drafts
      || this.box.entries.some((other) => other.key === `visit-${entry.visit_id}`));
    this.shown = "";
    this.search = "";
    keepUsable(this.host, () => this.box.later());
  }

  mount({ parentElement, data, setStateValue, setTriggerValue }) {
    if (this.host.parentNode !== parentElement) parentElement.append(this.host);
    this.tell = setTriggerValue;
    if (data.forget) write("rep", null);
    if (!data.rep) {
      const known = read("rep", null);
      if (known && data.reps.includes(known)) setStateValue("rep", known);
      this.bar.replaceChildren();
      this.body.replaceChildren();
      this.shown = "";
      return;
    }
    write("rep", data.rep);
    this.data = data;
    this.box.asked = data.token === this.box.token ? this.box.asked : 0;
    this.box.connect(new URL(data.url, document.baseURI).href, data.token, data.owner);
    const acknowledged = read("acknowledged", {});
    const inStore = new Map(data.visits.map((visit) => [visit.id, visit.version]));
    write("acknowledged", Object.fromEntries(
      Object.entries(acknowledged).filter(([id, visit]) => visit.day === data.day && !((inStore.get(id) ?? 0) >= visit.version))));
    const view = read("view", { name: "list" });
    // A sheet that is open stays as it is: whoever is typing in it loses neither words nor place.
    if (this.shown !== this.mark(view)) this.draw();
    else if (view.name === "list") this.draw();
    this.drawBar();
    this.box.flush();
  }

  mark(view) {
    return JSON.stringify([view, this.data.owner, this.data.day, this.data.lang]);
  }

  go(view) {
    write("view", view);
    this.draw();
    this.host.scrollIntoView({ block: "start" });
  }

  changed(what) {
    if (!this.data) return;
    this.drawBar();
    if (read("view", { name: "list" }).name === "list") this.draw();
    // The page reads the store anew: for what was saved, and for a signature that is valid again.
    if (what) this.tell?.("news", `${what}-${Date.now()}`);
  }

  drawBar() {
    const { texts: t } = this.data;
    const all = this.box.entries;
    const entries = all.filter((entry) => entry.owner === this.data.owner);
    const others = all.length - entries.length;
    const refused = entries.filter((entry) => entry.refused);
    const waiting = entries.length - refused.length;
    const unfinished = Object.values(this.drafts).filter((draft) => draft.owner === this.data.owner
      && (draft.refused || draft.day !== this.data.day) && this.current?.id !== draft.id);
    const offline = !this.box.online;
    const days = Object.entries(read("closings", {})).filter(([name, draft]) => draft.refused && name.startsWith(`${this.data.owner}/`));
    this.bar.className = offline ? "bar offline" : waiting ? "bar sending" : "bar";
    this.bar.replaceChildren(...[
      offline ? h("span", {}, waiting ? fill(t.offline_waiting, { count: waiting }) : t.offline) : null,
      !offline && waiting ? h("span", {}, fill(t.sending, { count: waiting })) : null,
      others ? h("span", {}, fill(t.others_waiting, { count: others })) : null,
      this.full ? h("span", { class: "bad" }, t.no_room) : null,
      ...refused.map((entry) => h("span", { class: "bad" }, `${entry.refused.message ?? ""} ${entry.refused.hint ?? ""} `,
        h("button", { type: "button", class: "plain", onclick: () => this.box.drop(entry.key) }, t.understood))),
      ...days.map(([name, draft]) => h("button", { type: "button", class: "plain bad", onclick: () => this.go({ name: "closing", day: this.data.day }) },
        `${fill(t.unfinished, { shop: t.close_day, day: dayLabel(name.split("/").at(-1), this.data.lang) })} · ${draft.refused}`)),
      ...unfinished.map((draft) => h("button", { type: "button", class: "plain bad", onclick: () => this.go({ name: "visit", id: draft.id }) },
        fill(t.unfinished, { shop: draft.shop_name, day: dayLabel(draft.day, this.data.lang) }) + (draft.refused ? ` · ${draft.refused}` : ""))),
    ].filter(Boolean));
  }

  draw() {
    const view = read("view", { name: "list" });
    const draft = view.name === "visit" ? this.drafts[view.id] : null;
    this.current = null;
    if (draft && draft.owner === this.data.owner) this.drawSheet(draft);
    else if (view.name === "closing" && view.day === this.data.day) this.drawClosing();
    else this.drawList();
    this.shown = this.mark(view);
  }

  get drafts() {
    return read("drafts", {});
  }

  keep(draft) {
    const kept = write("drafts", { ...this.drafts, [draft.id]: draft });
    this.full = !kept;
    if (!kept) this.drawBar();
    return kept;
  }

  forget(id) {
    const { [id]: _gone, ...others } = this.drafts;
    write("drafts", others);
  }

  rows() {
    const { data } = this;
    const drafts = Object.values(this.drafts).filter((draft) => draft.owner === data.owner && draft.day === data.day);
    const visits = [...data.visits.map((visit) => ({ ...visit }))];
    const put = (visit) => {
      const place = visits.findIndex((other) => other.id === visit.id);
      if (place < 0) visits.push(visit);
      else visits[place] = visit;
    };
    Object.values(read("acknowledged", {})).filter((visit) => visit.owner === data.owner && visit.day === data.day).forEach(put);
    this.box.entries.filter((entry) => entry.kind === "visit" && entry.refused === undefined && entry.owner === data.owner
      && entry.visit.day === data.day).forEach((entry) => put({ ...entry.visit, waiting: true }));
    const rows = data.route.map((row) => ({ ...row }));
    const known = new Set(rows.map((row) => row.id));
    for (const each of [...visits, ...drafts]) {
      if (known.has(each.shop)) continue;
      known.add(each.shop);
      const shop = data.shops.find((other) => other.id === each.shop) ?? {};
      rows.push({ ...shop, id: each.shop, name: each.shop_name ?? shop.name ?? each.shop, reason_text: data.texts.beside });
    }
    return rows.map((row) => {
      const visit = visits.findLast((each) => each.shop === row.id);
      return { ...row, visit, waiting: visit?.waiting, draft: drafts.find((each) => each.shop === row.id) };
    });
  }

  drawList() {
    // Who is searching keeps the field: the list is drawn anew afterwards.
    if (this.shown && this.host.getRootNode().activeElement?.dataset?.field === "search" && this.search) return;
    this.body.replaceChildren(list(this.rows(), this.data, { search: this.search }, {
      checkIn: (row) => this.checkIn(row),
      resume: (draft) => this.go({ name: "visit", id: draft.id }),
      open: (visit) => this.reopen(visit),
      close: () => this.go({ name: "closing", day: this.data.day }),
      searched: (text) => { this.search = text; },
    }));
  }

  checkIn(row) {
    const { data } = this;
    const live = data.day === isoDay(new Date());
    const draft = {
      id: newId(), owner: data.owner, day: data.day, shop: row.id, shop_name: row.name, address: row.address, version: 0,
      arrived: live || !row.begins ? clock(new Date()) : row.begins, planned: row.next ?? null, later: !live,
      review: { next_on: row.next ?? null }, place_text: data.texts.looking,
    };
    // Of an earlier day nobody knows the time of leaving; it stays unknown unless it is typed.
    if (!live) draft.left = "";
    this.search = "";
    this.keep(draft);
    this.arrive(draft);
    this.go({ name: "visit", id: draft.id });
    this.locate(draft.id);
  }

  arrive(draft) {
    this.box.add({
      key: `arrival-${draft.id}`, kind: "check_in",
      body: { id: draft.id, shop: draft.shop, arrived_at: `${draft.day}T${draft.arrived}:00`, place: draft.place ?? null },
    });
  }

  // The place is the browser's own; where it isn't allowed or not there, the time alone is kept.
  locate(id) {
    const note = (place, text) => {
      const draft = this.drafts[id];
      if (!draft) return;
      this.keep({ ...draft, place, place_text: text });
      if (this.current?.id === id) Object.assign(this.current, { place, place_text: text });
      const line = this.body.querySelector(".place");
      if (line) line.textContent = text;
    };
    const { texts: t } = this.data;
    if (!navigator.geolocation || !window.isSecureContext) return note(null, t.no_place);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => note({ lat: coords.latitude, lon: coords.longitude, accuracy: coords.accuracy },
        fill(t.place_known, { metres: Math.round(coords.accuracy) })),
      () => note(null, t.no_place), { enableHighAccuracy: true, timeout: PLACE_MS, maximumAge: 60_000 });
    return undefined;
  }

  reopen(visit) {
    if (!visit.typed && !visit.waiting) return this.problem(this.data.texts.from_file);
    const photos = this.data.photos[visit.id] ?? [];
    this.keep({ ...visit, effective: visit.effective ?? null, sent_photos: photos, photos: [], refused: undefined, waiting: undefined });
    return this.go({ name: "visit", id: visit.id });
  }

  drawSheet(draft) {
    this.current = draft;
    const change = (values) => {
      Object.assign(draft, values);
      return this.keep(draft);
    };
    this.body.replaceChildren(sheet(draft, this.data, {
      change,
      back: () => { if (draft.version) this.forget(draft.id); this.go({ name: "list" }); },
      cancel: () => this.cancel(draft),
      remove: () => this.remove(draft),
      save: () => this.save(draft),
      problem: (text) => this.problem(text),
    }));
    if (draft.theirs) this.offer(draft);
  }

  cancel(draft) {
    this.forget(draft.id);
    this.box.drop(`arrival-${draft.id}`);
    this.box.drop(`visit-${draft.id}`);
    this.box.entries.filter((entry) => entry.visit_id === draft.id).forEach((entry) => this.box.drop(entry.key));
    this.box.add({ key: `cancel-${draft.id}`, kind: "cancel", body: { id: draft.id } });
    this.go({ name: "list" });
  }

  remove(draft) {
    this.forget(draft.id);
    write("acknowledged", Object.fromEntries(Object.entries(read("acknowledged", {})).filter(([id]) => id !== draft.id)));
    this.box.add({ key: `remove-${draft.id}`, kind: "remove", body: { id: draft.id, version: draft.version } });
    this.go({ name: "list" });
  }

  save(draft) {
    const empty = missing(draft);
    this.body.querySelectorAll("[data-must]").forEach((part) => part.classList.remove("is-missing"));
    if (empty.length) {
      empty.forEach((name) => this.body.querySelector(`[data-field="${name}"]`).closest("section").classList.add("is-missing"));
      this.body.querySelector(".is-missing").scrollIntoView({ block: "center", behavior: "smooth" });
      return this.problem(this.data.texts.musts);
    }
    // The time of leaving is that of the first tap on “save”, also when it reaches the server an hour later.
    if (draft.left === undefined) draft.left = clock(new Date());
    const { photos = [], points_open: _open, refused: _refused, theirs: _theirs, ...visit } = draft;
    visit.start = draft.arrived;
    const kept = this.box.add({
      key: `visit-${draft.id}`, kind: "visit", visit,
      body: {
        id: draft.id, shop: draft.shop, version: draft.version, arrived_at: `${draft.day}T${draft.arrived || "00:00"}:00`,
        left_at: draft.left ? `${draft.day}T${draft.left}:00` : null, place: draft.place ?? null, purpose: draft.purpose, result: draft.result,
        order: draft.order ?? "", effective: draft.effective ?? null, stock: draft.stock ?? "", display: draft.display ?? "",
        facings: draft.facings ?? "", remark: draft.remark ?? "", review: draft.review,
      },
    });
    // Where the browser has no room the sheet stays open: nothing is thrown away before it is kept elsewhere.
    if (!kept) return this.problem(this.data.texts.no_room);
    photos.forEach((photo, place) => this.box.add({
      key: `photo-${draft.id}-${Date.now()}-${place}`, kind: "photo", visit_id: draft.id, body: { id: draft.id, photo },
    }));
    this.forget(draft.id);
    this.go({ name: "list" });
    return undefined;
  }

  acknowledge(entry, answer) {
    if (entry.kind === "visit") {
      write("acknowledged", { ...read("acknowledged", {}), [entry.visit.id]: { ...entry.visit, version: answer.version, typed: true } });
    }
    if (entry.kind === "report") {
      const { [entry.closing]: _gone, ...others } = read("closings", {});
      write("closings", others);
      if (this.data.day === entry.body.day) this.data.report = { ...this.data.report, version: answer.version, handed_in_at: answer.time };
    }
  }

  // What the server refused comes back as what it was, with the reason on top; returns whether it did.
  takeBack(entry, answer) {
    const refused = `${answer.message ?? ""} ${answer.hint ?? ""}`.trim();
    if (entry.kind === "visit") {
      // A visit that somebody took back meanwhile begins anew when it is saved again.
      const version = answer.theirs === null ? 0 : entry.visit.version;
      this.keep({ ...entry.visit, refused, version, theirs: answer.theirs ?? null });
    } else if (entry.kind === "report") {
      const { kind: _kind, ...draft } = entry.body;
      write("closings", { ...read("closings", {}), [entry.closing]: { ...draft, refused, version: answer.theirs?.version ?? draft.version } });
    } else return false;
    return true;
  }

  offer(draft) {
    const { texts: t } = this.data;
    const { theirs } = draft;
    this.body.querySelector(".notice.bad").append(
      h("p", {}, [theirs.purpose, theirs.result, theirs.order].filter(Boolean).join(" · ")),
      h("button", { type: "button", class: "plain", onclick: () => { this.forget(draft.id); this.go({ name: "list" }); } }, t.keep_theirs),
      h("button", { type: "button", class: "plain", onclick: () => { draft.version = theirs.version; draft.theirs = null; this.keep(draft); this.save(draft); } }, t.save_mine));
  }

  drawClosing() {
    const { data } = this;
    const name = `${data.owner}/${data.day}`;
    const begun = read("closings", {})[name];
    const minutes = Object.fromEntries(Object.keys(data.activities).map((code) => [
      code, String(data.report.minutes[code] ?? data.report.proposed[code] ?? "")]));
    const draft = begun ?? { minutes, remark: data.report.remark, tomorrow: data.report.tomorrow, version: data.report.version };
    const change = (values) => {
      Object.assign(draft, values);
      this.full = !write("closings", { ...read("closings", {}), [name]: draft });
    };
    this.body.replaceChildren(closing(draft, data, {
      change,
      back: () => this.go({ name: "list" }),
      save: () => {
        change({ refused: undefined });
        this.box.add({
          key: `report-${name}`, kind: "report", closing: name,
          body: { day: data.day, minutes: draft.minutes, remark: draft.remark ?? "", tomorrow: draft.tomorrow ?? "", version: draft.version },
        });
        this.go({ name: "list" });
      },
    }));
  }

  problem(text) {
    const line = h("p", { class: "notice bad toast", role: "alert" }, text);
    this.host.append(line);
    setTimeout(() => line.remove(), 4_000);
  }
}

let day = null;
export default (component) => {
  day ??= new Day();
  day.mount(component);
};
