"use strict";
// The report's program: two texts in step, changes joined by hover and by keys, doubtful places
// to decide on. It loads nothing and keeps in the page only what is near the eye.

const data = JSON.parse(document.getElementById("data").textContent);
const byId = id => document.getElementById(id);
const say = words => { byId("said").textContent = words; };
const make = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};

// ---- How the texts hang together ---------------------------------------------------------------

// Kinds of stretches, and the words for them.
const KEPT = 0, MOVED = 1, DELETED = 2, CHANGED = 3, WRITTEN = 4;
const KINDS = ["kept", "moved", "deleted", "changed", "written"];

// A side is columns of numbers, one entry a stretch, in the order of its text: where it begins,
// where it ends, its kind, its reason (-1 for none), and where it is in the other text (-1 if not).
function bookSide() {
  const count = data.book.length / 3;
  const side = { start: [], end: [], kind: [], reason: [], other: [] };
  for (let i = 0, place = 0; i < count; i++) {
    const [length, source, reason] = data.book.slice(3 * i, 3 * i + 3);
    side.start.push(place);
    side.end.push(place += length);
    side.kind.push(source < 0 ? WRITTEN : reason < 0 ? KEPT : MOVED);
    side.reason.push(reason);
    side.other.push(source);
  }
  return side;
}

function sourceSide(book) {
  const entries = [];
  for (let i = 0; i < book.start.length; i++) {
    const from = book.other[i];
    if (from >= 0) {
      entries.push([from, from + book.end[i] - book.start[i], book.kind[i], book.reason[i], book.start[i]]);
    }
  }
  for (let i = 0; i < data.lost.length; i += 4) {
    const [from, length, reason, changed] = data.lost.slice(i, i + 4);
    entries.push([from, from + length, changed ? CHANGED : DELETED, reason, -1]);
  }
  entries.sort((a, b) => a[0] - b[0]);
  const column = at => entries.map(entry => entry[at]);
  return { start: column(0), end: column(1), kind: column(2), reason: column(3), other: column(4) };
}

// The last index at which a rising list is at most `value`.
function lastAtMost(list, value) {
  let low = 0, high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] <= value) low = middle + 1; else high = middle;
  }
  return low - 1;
}

// Where a place of one text is in the other: itself, or where its neighbour in front is.
function across(side, place) {
  let i = Math.max(0, lastAtMost(side.start, place));
  if (side.other[i] >= 0) return side.other[i] + place - side.start[i];
  for (; i >= 0; i--) {
    if (side.kind[i] === KEPT) return side.other[i] + side.end[i] - side.start[i];
  }
  return 0;
}

// ---- Lists and texts of which only what is near is in the page -----------------------------------

// `blocks` have an element each; `fill` gives it its content when it comes near, and it is emptied
// when it is far again, its height kept.
function nearby(root, blocks, fill) {
  const show = block => {
    if (block.shown) return;
    block.shown = true;
    block.element.style.minHeight = "";
    fill(block);
  };
  const hide = block => {
    if (!block.shown) return;
    block.shown = false;
    block.element.style.minHeight = `${block.element.offsetHeight}px`;
    block.element.replaceChildren();
  };
  const observer = new IntersectionObserver(seen => {
    for (const { target, isIntersecting } of seen) (isIntersecting ? show : hide)(target.block);
  }, { root, rootMargin: "900px 0px" });
  for (const block of blocks) {
    block.element.block = block;
    observer.observe(block.element);
  }
  return { show, refresh: block => { if (block.shown) fill(block); }, stop: () => observer.disconnect() };
}

// ---- The two texts -----------------------------------------------------------------------------

const SIGNS = new Map([
  ["\f", ""], ["\t", "⇥\t"], ["\u00ad", "‧"], ["\ufeff", "⍽"], ["\u200b", "⍽"], ["\r", "␍"],
]);
const visible = text => text.replace(
  /[\0-\x08\x0b-\x1f\x7f-\x9f\t\u00ad\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]/gu,
  sign => SIGNS.get(sign) ?? `‹U+${sign.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}›`,
);
// Line ends and blanks that a rule took or wrote must be seen.
const visibleChange = text =>
  (/\S/.test(text) ? visible(text) : visible(text).replaceAll(" ", "␣").replaceAll("\u3000", "□"))
    .replaceAll("\n", "↵\n");

// Ends of blocks: some thousand characters each, at a line's end where there is one near.
function cuts(text) {
  const ends = [];
  for (let place = 0; place < text.length;) {
    const file = text.indexOf("\f", place + 1);
    let end = text.indexOf("\n", place + 1000) + 1 || text.length;
    if (end - place > 2500) end = place + 1000;
    if (file > 0 && file < end) end = file;
    ends.push(place = Math.min(end, text.length));
  }
  return ends;
}

const wide = /[\u2e80-\uffef]/g;

class Pane {
  constructor(name, title, text, side) {
    Object.assign(this, { name, text, side, marked: null, current: -1 });
    this.element = make("div", { className: "pane", tabIndex: 0, id: name, lang: byId("texts").dataset.lang });
    this.element.setAttribute("role", "region");
    this.element.setAttribute("aria-label", title);
    this.box = make("div", { className: "box" }, make("h2", { textContent: title }), this.element);
    this.ends = cuts(text);
    this.starts = [0, ...this.ends.slice(0, -1)];
    this.blocks = this.starts.map((start, i) => ({ start, end: this.ends[i], element: make("div") }));
  }

  open() {
    const across = Math.max(20, this.element.clientWidth / 16);
    for (const block of this.blocks) {
      // A guess at the height, so that the bar at the side is about right.
      const text = this.text.slice(block.start, block.end);
      const ems = text.length / 2 + (text.match(wide)?.length ?? 0) / 2;
      const lines = ems / across + text.split("\n").length / 2;
      block.element.style.minHeight = `${Math.ceil(lines * 28)}px`;
      if (this.text[block.start] === "\f") block.element.className = "file";
    }
    this.element.replaceChildren(...this.blocks.map(block => block.element));
    this.near = nearby(this.element, this.blocks, block => this.fill(block));
  }

  fill(block) {
    const { side } = this;
    const spans = [];
    for (let i = Math.max(0, lastAtMost(side.start, block.start)); side.start[i] < block.end; i++) {
      const from = Math.max(side.start[i], block.start), to = Math.min(side.end[i], block.end);
      for (const [a, b, marked] of this.parts(from, to)) spans.push(this.span(i, a, b, marked));
    }
    block.element.replaceChildren(...spans);
  }

  // A stretch, cut where what is marked begins and ends.
  parts(from, to) {
    const [a, b] = this.marked ?? [-1, -1];
    if (b <= from || a >= to) return from < to ? [[from, to, false]] : [];
    return [[from, a, false], [Math.max(from, a), Math.min(to, b), true], [b, to, false]]
      .filter(([start, end]) => start < end);
  }

  span(i, from, to, marked) {
    const kind = this.side.kind[i];
    const text = this.text.slice(from, to);
    const span = make("span", { textContent: kind > MOVED ? visibleChange(text) : visible(text) });
    span.dataset.i = i;
    if (kind !== KEPT) {
      span.className = KINDS[kind];
      span.style.setProperty("--hue", hueOf(data.reasons[this.side.reason[i]][0]));
    }
    if (marked) span.classList.add("marked");
    if (i === this.current) span.classList.add("current");
    return span;
  }

  blockAt(place) {
    return this.blocks[Math.min(this.blocks.length - 1, Math.max(0, lastAtMost(this.starts, place)))];
  }

  // Bring a place into view; mark `start` to `end` of the text.
  go(start, end, mark = true) {
    const old = this.marked;
    this.marked = mark ? [start, end] : null;
    for (const place of [old?.[0], start, end]) {
      if (place !== undefined) this.near.refresh(this.blockAt(place));
    }
    const block = this.blockAt(start);
    block.element.scrollIntoView({ block: "center" });
    this.near.show(block);
    const there = block.element.querySelector(".marked") ?? this.spanAt(lastAtMost(this.side.start, start));
    (there ?? block.element).scrollIntoView({ block: "center" });
  }

  spanAt(i) { return this.element.querySelector(`[data-i="${i}"]`); }

  // The place at the top of what is seen: the block there, and how far it is scrolled through.
  top() {
    const edge = this.element.getBoundingClientRect().top;
    const { blocks } = this;
    let low = 0, high = blocks.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (blocks[middle].element.getBoundingClientRect().bottom <= edge) low = middle + 1;
      else high = middle;
    }
    const { top, height } = blocks[low].element.getBoundingClientRect();
    const through = Math.min(1, Math.max(0, (edge - top) / (height || 1)));
    return Math.round(blocks[low].start + through * (blocks[low].end - blocks[low].start));
  }

  scrollToTop(place) {
    const block = this.blockAt(place);
    const through = (place - block.start) / (block.end - block.start || 1);
    const { top, height } = block.element.getBoundingClientRect();
    const edge = this.element.getBoundingClientRect().top;
    this.element.scrollTop += top - edge + through * height;
  }
}

// A hue of its own for each rule, the same in every report.
const hues = new Map();
function hueOf(rule) {
  if (!hues.has(rule)) {
    let sum = 0;
    for (const sign of rule) sum = (sum * 31 + sign.codePointAt(0)) % 360;
    hues.set(rule, sum);
  }
  return hues.get(rule);
}

const bookText = bookSide();
const source = new Pane("source", "Source", data.source, sourceSide(bookText));
const book = new Pane("book", "Book", data.text, bookText);
const otherOf = pane => (pane === source ? book : source);

// ---- Joining: what stands for what ---------------------------------------------------------------

// What a stretch is in the other text: a span of places there.
function partner(pane, i) {
  const { side } = pane;
  const start = side.other[i] >= 0 ? side.other[i] : across(side, side.start[i]);
  return [start, side.other[i] >= 0 ? start + side.end[i] - side.start[i] : start];
}

// The stretch of the other side that belongs to stretch `i`. For what is written or lost it is the
// change by the same rule at the same joint, if there is one.
function joined(pane, i) {
  const { side } = otherOf(pane);
  const [start] = partner(pane, i);
  const at = lastAtMost(side.start, start);
  if (pane.side.other[i] >= 0) return at;
  for (const near of [at, at + 1, at - 1]) {
    if (side.reason[near] >= 0 && data.reasons[side.reason[near]][0] === data.reasons[pane.side.reason[i]][0]) return near;
  }
  return at;
}

function light(pane, i) {
  for (const old of document.querySelectorAll(".joined")) old.classList.remove("joined");
  if (i < 0) return;
  for (const [one, at] of [[pane, i], [otherOf(pane), joined(pane, i)]]) {
    for (const span of one.element.querySelectorAll(`[data-i="${at}"]`)) span.classList.add("joined");
  }
}

function tell(pane, i) {
  const panel = byId("panel");
  const reason = data.reasons[pane.side.reason[i]];
  const kind = KINDS[pane.side.kind[i]];
  if (!reason) {
    panel.textContent = "Kept as it was.";
    return "kept";
  }
  const [rule, why, confidence] = reason;
  panel.replaceChildren(
    make("b", { textContent: rule }), ` ${kind}: ${why} `,
    make("span", { className: "soft", textContent: `${Math.round(confidence * 100)} % sure. ${data.rules[rule]?.[0] ?? ""}` }),
  );
  return `${kind} by ${rule}: ${why}`;
}

// Make a change the current one: n and p go through a side's changes, a click picks one.
function pick(pane, i, speak = true) {
  source.current = book.current = -1;
  for (const old of document.querySelectorAll(".current")) old.classList.remove("current");
  pane.current = i;
  pane.go(pane.side.start[i], pane.side.end[i], false);
  pane.near.refresh(pane.blockAt(pane.side.start[i]));
  const [start, end] = partner(pane, i);
  otherOf(pane).go(start, end, true);
  light(pane, i);
  const words = tell(pane, i);
  if (speak) say(words);
}

let filter = "";
function step(pane, by) {
  const { side } = pane;
  const from = pane.current >= 0 ? pane.current : lastAtMost(side.start, pane.top());
  for (let i = from + by; i >= 0 && i < side.start.length; i += by) {
    const reason = data.reasons[side.reason[i]];
    if (reason && (!filter || reason[0] === filter)) return pick(pane, i);
  }
  say("No more changes.");
}

function inStep(pane) {
  let led = 0;
  pane.element.addEventListener("scroll", () => {
    // What the other side scrolls to is no wish of the reader's.
    if (performance.now() < pane.follows || led) return;
    led = requestAnimationFrame(() => {
      led = 0;
      const other = otherOf(pane);
      other.follows = performance.now() + 150;
      other.scrollToTop(across(pane.side, pane.top()));
    });
  }, { passive: true });
}

function listen(pane) {
  const at = event => Number(event.target.closest?.("[data-i]")?.dataset.i ?? -1);
  pane.element.addEventListener("mouseover", event => {
    const i = at(event);
    light(pane, i);
    if (i >= 0) tell(pane, i);
  });
  pane.element.addEventListener("mouseleave", () => light(pane, -1));
  pane.element.addEventListener("click", event => {
    const i = at(event);
    if (i >= 0 && !getSelection().toString()) {
      hold();
      pick(pane, i);
    }
  });
  pane.element.addEventListener("keydown", event => {
    const by = { n: 1, p: -1 }[event.key];
    if (by && !event.ctrlKey && !event.metaKey) {
      hold();
      step(pane, by);
      event.stopPropagation();
    }
  });
}

// While the program scrolls, the texts don't pull at each other.
const hold = () => { source.follows = book.follows = performance.now() + 400; };

// ---- Decisions -----------------------------------------------------------------------------------

const STORE = `quire-decisions-${data.sha}`;
const keyOf = place => `${place.rule} ${place.place}`;
const given = new Map(data.places.map(place => [keyOf(place), place.decision]));
const decided = new Map(given);
try {
  for (const [key, verdict] of JSON.parse(localStorage.getItem(STORE) ?? "[]")) {
    if (decided.has(key)) decided.set(key, verdict);
  }
} catch { /* A browser may refuse to keep anything: then the file is all there is. */ }
const decisionOf = place => decided.get(keyOf(place));

function decide(place, verdict) {
  decided.set(keyOf(place), verdict);
  try {
    localStorage.setItem(STORE, JSON.stringify([...decided].filter(([key, one]) => one !== given.get(key))));
  } catch { /* See above. */ }
  const left = data.places.filter(one => !decisionOf(one)).length;
  say(`${verdict ? `${verdict}ed` : "undone"}, ${left} left`);
  state();
}

const unsaved = () => [...decided].filter(([key, verdict]) => verdict !== given.get(key)).length;

// As YAML wants it in double quotes: what can't be printed as \uXXXX.
const quoted = text => JSON.stringify(text.replace(/[\ud800-\udfff]/gu, "\ufffd")).replace(
  /[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff]/g,
  sign => (sign === "\ufffd" ? sign : `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`),
);

function yaml() {
  const made = data.places.map(place => ({ ...place, decision: decisionOf(place) }));
  // Decisions without a place in this run may have one again in the next.
  const entries = [...made.filter(place => place.decision), ...data.unmet].map(place => [
    `- place: ${quoted(place.place)}`, `  rule: ${quoted(place.rule)}`, `  verdict: ${place.decision}`,
    `  text: ${quoted(place.text)}`, `  proposal: ${quoted(place.proposal)}`, `  why: ${quoted(place.why)}`,
  ].join("\n"));
  return "# Decisions on doubtful places, made in the report. `quire clean` obeys this file and never\n"
    + `# changes it. To take a decision back, delete its entry.\nsource: ${quoted(data.name)}\n`
    + (entries.length ? `decisions:\n${entries.join("\n")}\n` : "decisions: []\n");
}

async function save() {
  const name = "decisions.yaml";
  if (window.showSaveFilePicker && !navigator.webdriver) {
    try {
      const file = await showSaveFilePicker({ suggestedName: name });
      const stream = await file.createWritable();
      await stream.write(yaml());
      await stream.close();
      return say(`${name} is written.`);
    } catch (error) {
      if (error.name === "AbortError") return;
    }
  }
  const link = make("a", { href: URL.createObjectURL(new Blob([yaml()], { type: "text/yaml" })), download: name });
  link.click();
  URL.revokeObjectURL(link.href);
  say(`${name} is in your downloads: put it beside the ledger.`);
}

async function copy() {
  try {
    await navigator.clipboard.writeText(yaml());
    say("Copied.");
  } catch {
    byId("yaml").hidden = false;
    byId("yaml").value = yaml();
    byId("yaml").select();
    say("The text is selected: copy it.");
  }
}

// ---- The list of doubtful places -----------------------------------------------------------------

const CHUNK = 40;
const list = { shown: [], at: -1, near: null };

function matches(place) {
  const { rule, verdict, state: wanted, words } = list.wanted;
  const decision = decisionOf(place);
  return (!rule || place.rule === rule)
    && (!verdict || (verdict === "likely" ? place.done : !place.done))
    && (!wanted || (wanted === "open" ? !decision : !!decision))
    && (!words || [place.before + place.text + place.after, place.proposal, place.why, place.rule, place.place]
      .some(text => text.toLowerCase().includes(words)));
}

function refilter() {
  list.wanted = {
    rule: byId("by-rule").value, verdict: byId("by-verdict").value, state: byId("by-state").value,
    words: byId("words").value.trim().toLowerCase(),
  };
  filter = list.wanted.rule;
  list.shown = data.places.filter(matches);
  if (byId("by-order").value === "confidence") list.shown.sort((a, b) => a.confidence - b.confidence);
  list.at = -1;
  list.near?.stop();
  const blocks = [];
  for (let i = 0; i < list.shown.length; i += CHUNK) {
    const element = make("ol", { className: "places", start: i + 1 });
    element.style.minHeight = `${Math.min(CHUNK, list.shown.length - i) * 120}px`;
    blocks.push({ element, start: i });
  }
  byId("list").replaceChildren(...blocks.map(block => block.element));
  list.blocks = blocks;
  list.near = nearby(byId("side"), blocks, fillPlaces);
  state();
}

function fillPlaces(block) {
  const items = list.shown.slice(block.start, block.start + CHUNK).map((place, i) => item(place, block.start + i));
  block.element.replaceChildren(...items);
}

function item(place, number) {
  const decision = decisionOf(place);
  const button = (verdict, label) => {
    const made = make("button", { type: "button", textContent: label });
    made.dataset.verdict = verdict;
    if (verdict) made.setAttribute("aria-pressed", String(decision === verdict));
    made.setAttribute("aria-label", `${label}: ${place.rule}, line ${place.line}`);
    return made;
  };
  const made = make("li", { tabIndex: number === list.at ? 0 : -1, className: decision },
    make("p", { className: "where", textContent:
      `line ${place.line} · ${place.rule} · ${Math.round(place.confidence * 100)} % sure · ${place.done ? "made" : "asked"}${decision ? ` · ${decision}ed` : ""}` }),
    context(place),
    make("p", { textContent: place.why }),
    make("p", { className: "verdicts" },
      button("accept", "Accept"), button("reject", "Reject"), ...(decision ? [button("", "Undo")] : [])),
  );
  made.dataset.number = number;
  made.style.setProperty("--hue", hueOf(place.rule));
  if (number === list.at) made.setAttribute("aria-current", "true");
  return made;
}

function context(place) {
  const line = make("p", { className: "context", lang: byId("texts").dataset.lang }, visible(place.before));
  if (place.text) line.append(make("mark", { textContent: visibleChange(place.text).replaceAll("\n", "") }));
  if (place.moved >= 0) line.append(make("em", { textContent: " → moved " }));
  else if (place.proposal !== place.text) {
    const after = place.proposal ? visibleChange(place.proposal).replaceAll("\n", "") : "nothing";
    line.append(" → ", make(place.proposal ? "ins" : "em", { textContent: after }), " ");
  }
  line.append(visible(place.after));
  return line;
}

// Select a place of the list; `focus` moves the keyboard's place there too.
function select(number, focus = true) {
  if (number < 0 || number >= list.shown.length) return say("No more places.");
  const old = list.at;
  list.at = number;
  const blockOf = at => list.blocks[Math.floor(at / CHUNK)];
  if (old >= 0) list.near.refresh(blockOf(old));
  list.near.show(blockOf(number));
  list.near.refresh(blockOf(number));
  const element = byId("list").querySelector(`[data-number="${number}"]`);
  element.scrollIntoView({ block: "nearest" });
  if (focus) element.focus({ preventScroll: true });
  const place = list.shown[number];
  hold();
  const to = Math.max(place.end, place.start + 1);
  source.go(place.start, to);
  const start = across(source.side, place.start);
  book.go(start, Math.max(start + 1, across(source.side, to)));
}

function verdict(word) {
  const place = list.shown[list.at];
  if (!place) return say("Choose a place first: j.");
  decide(place, word);
  list.near.refresh(list.blocks[Math.floor(list.at / CHUNK)]);
  byId("list").querySelector(`[data-number="${list.at}"]`)?.focus({ preventScroll: true });
}

function state() {
  const done = data.places.filter(decisionOf).length;
  const rest = unsaved();
  byId("state").textContent =
    `${list.shown.length} shown, ${done} of ${data.places.length} decided${rest ? `, ${rest} not saved` : ""}`;
}

function tools() {
  const select = (id, label, options) => make("label", {}, `${label} `,
    make("select", { id, onchange: refilter }, ...options.map(([value, text]) => make("option", { value, textContent: text }))));
  const counts = new Map();
  for (const { rule } of data.places) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  const rules = [...new Set(data.reasons.map(([rule]) => rule))].sort();
  const words = make("input", { id: "words", type: "search", placeholder: "words, rule or place" });
  words.setAttribute("aria-label", "Search the places");
  words.addEventListener("input", refilter);
  const button = (textContent, onclick) => make("button", { type: "button", textContent, onclick });
  return make("div", { className: "tools" },
    select("by-rule", "Rule", [["", "all"], ...new Set([...counts.keys(), ...rules])].map(one =>
      Array.isArray(one) ? one : [one, `${one} (${counts.get(one) ?? 0})`])),
    select("by-verdict", "Verdict", [["", "all"], ["ask", "asked"], ["likely", "made"]]),
    select("by-state", "State", [["", "all"], ["open", "undecided"], ["decided", "decided"]]),
    select("by-order", "Order", [["place", "by place"], ["confidence", "least sure first"]]),
    words,
    make("div", { className: "save" },
      button("Save decisions.yaml", save), button("Copy", copy), button("Keys", () => byId("help").showModal())),
    make("p", { id: "state" }),
    make("textarea", { id: "yaml", hidden: true, readOnly: true, ariaLabel: "decisions.yaml", rows: 6 }),
  );
}

// ---- The page ------------------------------------------------------------------------------------

function openTab(name) {
  for (const tab of document.querySelectorAll("[role=tab]")) {
    const chosen = tab.id === `tab-${name}`;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    byId(tab.getAttribute("aria-controls")).hidden = !chosen;
  }
}

function tabs() {
  const all = [...document.querySelectorAll("[role=tab]")];
  for (const [i, tab] of all.entries()) {
    const name = tab.getAttribute("aria-controls");
    tab.addEventListener("click", () => openTab(name));
    tab.addEventListener("keydown", event => {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!by) return;
      const next = all[(i + by + all.length) % all.length];
      openTab(next.getAttribute("aria-controls"));
      next.focus();
    });
  }
  openTab("places");
}

// A rule's name shows its places and its changes alone; a file's name goes to it.
function links() {
  for (const row of document.querySelectorAll("tr[data-rule]")) {
    const name = row.dataset.rule;
    const cell = row.querySelector("th");
    cell.firstChild.replaceWith(make("button", { type: "button", className: "link", textContent: name, onclick: () => {
      byId("by-rule").value = name;
      refilter();
      hold();
      book.current = -1;
      const first = book.side.reason.findIndex(reason => reason >= 0 && data.reasons[reason][0] === name);
      if (first >= 0) pick(book, first);
      else step(source, 1);
    } }));
    cell.style.setProperty("--hue", hueOf(name));
  }
  for (const [i, line] of [...document.querySelectorAll(".files li")].entries()) {
    const go = () => {
      hold();
      const start = data.text.indexOf(`\f${data.files[i]}\n`);
      book.go(start, start, false);
      source.go(across(book.side, start + data.files[i].length + 2), 0, false);
    };
    line.replaceChildren(make("button", { type: "button", className: "link", textContent: data.files[i], onclick: go }));
  }
}

const KEYS = {
  j: () => select(list.at + 1), k: () => select(Math.max(0, list.at - 1)),
  a: () => verdict("accept"), r: () => verdict("reject"), u: () => verdict(""),
  "/": () => { openTab("places"); byId("words").focus(); }, s: save, "?": () => byId("help").showModal(),
  n: () => step(book, 1), p: () => step(book, -1),
};

function keys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || byId("help").open) return;
  if (event.target.matches("input, select, textarea")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.key === "Enter" && event.target.matches(".places li")) return select(Number(event.target.dataset.number));
  const act = KEYS[event.key];
  if (act) {
    event.preventDefault();
    act();
  }
}

function start() {
  const texts = byId("texts");
  texts.hidden = false;
  document.documentElement.classList.add("live");
  const panel = make("div", { id: "panel", textContent: "Point at a change, or press n and p in a text." });
  texts.append(source.box, book.box, panel);
  for (const pane of [source, book]) {
    pane.open();
    listen(pane);
    inStep(pane);
  }
  byId("list").before(tools());
  byId("list").addEventListener("click", event => {
    const element = event.target.closest("li");
    if (!element) return;
    select(Number(element.dataset.number));
    const button = event.target.closest("[data-verdict]");
    if (button) verdict(button.dataset.verdict);
  });
  tabs();
  refilter();
  links();
  addEventListener("keydown", keys);
  addEventListener("beforeunload", event => { if (unsaved() && !navigator.webdriver) event.preventDefault(); });
}

start();
