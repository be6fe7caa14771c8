// Makes each kind of number format once: a table asks for a new one for every cell, which takes longer than
// to draw the table.
Intl.NumberFormat = new Proxy(Intl.NumberFormat, {
  kinds: new Map(),
  construct(Format, given) {
    const kind = JSON.stringify(given);
    if (!this.kinds.has(kind)) this.kinds.set(kind, new Format(...given));
    return this.kinds.get(kind);
  },
});
