// What was typed and what waits to be sent, in this browser, until the server has said that it is saved.
// Every entry carries an id made here, so that what is sent twice is saved once.
const PREFIX = "shengeng.day.";
const WAIT_MS = [2_000, 4_000, 8_000, 15_000, 30_000];
const PATIENCE_MS = 30_000;

export const read = (name, fallback) => {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name)) ?? fallback;
  } catch {
    return fallback;
  }
};

// Returns whether it could be kept: a browser gives about five megabytes, and none in some private windows.
export const write = (name, value) => {
  try {
    if (value === null) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
};

export const newId = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  return `D${Date.now().toString(36)}-${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
};

export class Outbox {
  constructor(changed) {
    this.changed = changed;
    this.online = navigator.onLine;
    this.tries = 0;
    this.asked = 0;
    this.timer = null;
    this.sending = false;
    window.addEventListener("online", () => this.flush());
    window.addEventListener("offline", () => this.note(false));
  }

  // Another tab may have sent something meanwhile: what is stored counts, not what is remembered.
  get entries() {
    return read("outbox", []);
  }

  // Whose signature it is: what another person left waiting here is never sent under this name.
  connect(url, token, owner) {
    this.url = url;
    this.token = token;
    this.owner = owner;
  }

  note(online) {
    if (online !== this.online) {
      this.online = online;
      this.changed();
    }
  }

  add(entry) {
    const kept = write("outbox", [...this.entries.filter((other) => other.key !== entry.key), { ...entry, owner: this.owner }]);
    this.flush();
    return kept;
  }

  drop(key) {
    write("outbox", this.entries.filter((entry) => entry.key !== key));
    this.changed();
  }

  mark(key, answer) {
    write("outbox", this.entries.map((entry) => (entry.key === key ? { ...entry, refused: answer } : entry)));
    this.changed();
  }

  // Sends in order: an arrival before its visit, a visit before its photos.
  async flush() {
    clearTimeout(this.timer);
    if (this.sending || !this.url) return;
    this.sending = true;
    let sent = 0;
    try {
      if (!this.online && !(await this.answers())) return this.later();
      this.note(true);
      for (const entry of this.entries.filter((each) => each.owner === this.owner && !each.refused && !this.held?.(each))) {
        const answer = await this.post(entry);
        if (answer === null) return this.later();
        if (answer.status === 403) return this.renew();
        if (answer.status >= 500) return this.later();
        if (answer.status === 200) {
          sent += 1;
          this.sent?.(entry, answer.body);
          this.drop(entry.key);
        } else if (this.refused?.(entry, answer.body)) this.drop(entry.key);
        else this.mark(entry.key, answer.body);
      }
      this.tries = 0;
    } finally {
      this.sending = false;
      this.changed(sent ? "saved" : undefined);
    }
  }

  async answers() {
    try {
      return (await fetch(new URL("./_stcore/health", document.baseURI), { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) })).ok;
    } catch {
      return false;
    }
  }

  async post(entry) {
    try {
      const answer = await fetch(this.url, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ ...entry.body, kind: entry.kind, token: this.token }),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      return { status: answer.status, body: await answer.json() };
    } catch {
      return null;
    }
  }

  // A signature that is too old: the page is asked for another one, not more often than the answer can come.
  renew() {
    if (Date.now() - this.asked < PATIENCE_MS) return;
    this.asked = Date.now();
    this.changed("token");
  }

  later() {
    this.note(false);
    const wait = WAIT_MS[Math.min(this.tries, WAIT_MS.length - 1)];
    this.tries += 1;
    this.timer = setTimeout(() => this.flush(), wait);
  }
}
