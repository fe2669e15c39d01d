// What a page of the web edition can do when scripts run. Without them it is a page with links:
// notes at its end, contents on the first page. Nothing is asked of a server, so that all of it
// works from a folder too: what other files hold comes as scripts.
"use strict";
(() => {
  const words = /* words */ {};
  const root = document.documentElement;
  const text = document.getElementById("text");
  const rightToLeft = root.dir === "rtl";
  // A browser may refuse to keep things, above all for files of a folder.
  const kept = {
    get: (name) => { try { return localStorage.getItem(`quire-${name}`); } catch { return null; } },
    set: (name, value) => { try { localStorage.setItem(`quire-${name}`, value); } catch { /* lost */ } },
  };
  const make = (name, attributes = {}, ...inside) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...inside);
    return made;
  };
  const fill = (pattern, n) => pattern.replace("{n}", n);

  // Light and dark: as the system has it, until the reader says otherwise.
  const themes = ["auto", "dark", "light"];
  const themeButton = document.querySelector("[data-does=theme]");
  const wear = (theme) => {
    if (theme === "auto") delete root.dataset.theme; else root.dataset.theme = theme;
    if (!themeButton) return;
    themeButton.textContent = { auto: "◐", dark: "●", light: "○" }[theme];
    themeButton.title = `${words.theme}: ${words[`theme-${theme}`]}`;
    themeButton.setAttribute("aria-label", themeButton.title);
  };
  let theme = themes.includes(kept.get("theme")) ? kept.get("theme") : "auto";
  wear(theme);
  const changeTheme = () => {
    theme = themes[(themes.indexOf(theme) + 1) % themes.length];
    kept.set("theme", theme);
    wear(theme);
  };

  // Dialogs: made when they are first asked for.
  const dialogs = {};
  const dialog = (name, title, build) => {
    if (!dialogs[name]) {
      const close = make("button", { type: "button", class: "close", "aria-label": words.close }, "×");
      const heading = make("h2", { id: `${name}-title` }, title);
      const made = make("dialog", { "aria-labelledby": `${name}-title` }, close, heading);
      close.addEventListener("click", () => made.close());
      // A click beside it is a click on what lies behind it.
      made.addEventListener("click", (event) => {
        const box = made.getBoundingClientRect();
        const inside = event.clientX >= box.left && event.clientX <= box.right
          && event.clientY >= box.top && event.clientY <= box.bottom;
        if (event.target === made && !inside) made.close();
      });
      document.body.append(made);
      build(made);
      dialogs[name] = made;
    }
    if (!dialogs[name].open) dialogs[name].showModal();
    return dialogs[name];
  };

  // Files beside this one, as scripts; each calls one of these functions with what it holds.
  const waiting = {};
  window.quire = new Proxy({}, { get: (_, name) => (held) => waiting[name]?.(held) });
  const here = document.currentScript?.src;
  const load = (name) => waiting[`${name}-done`] ??= new Promise((done, failed) => {
    waiting[name] = done;
    const script = make("script", { src: new URL(`${name}.js`, here).href });
    script.addEventListener("error", () => { delete waiting[`${name}-done`]; failed(); });
    document.head.append(script);
  });

  // Contents.
  const page = decodeURIComponent(location.pathname.split("/").pop() || "index.html");
  const markHere = (list) => {
    for (const link of list.querySelectorAll("a")) {
      if (decodeURIComponent(link.getAttribute("href")) === page) link.setAttribute("aria-current", "page");
    }
  };
  const openContents = () => dialog("contents", words.contents, (made) => {
    const box = make("nav", { class: "contents-of-book", "aria-label": words.contents });
    made.append(box);
    made.addEventListener("click", (event) => { if (event.target.closest("a")) made.close(); });
    load("contents").then((held) => {
      box.innerHTML = held;
      markHere(box);
      box.querySelector("[aria-current]")?.focus();
    }, () => { location.href = "index.html#contents"; });
  });

  // Search. Letters are compared without case, accents and width, each for itself.
  const plain = (said) => Array.from({ length: said.length }, (_, at) => {
    const sign = said[at].normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    return sign.length === 1 ? sign : said[at].toLowerCase().length === 1 ? said[at].toLowerCase() : said[at];
  }).join("");
  const unpack = async (held) => {
    const bytes = Uint8Array.from(atob(held), (sign) => sign.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return JSON.parse(await new Response(stream).text());
  };
  let blocks = null;
  const allBlocks = () => blocks ??= load("text").then(unpack).then((pages) => pages.flatMap(
    ([address, title, found]) => found.map(([id, said]) => ({ address, title, id, said, plain: plain(said) }))));
  const mostShown = 200;
  const excerpt = (said, at, length) => {
    const begin = Math.max(0, at - 24), end = Math.min(said.length, at + length + 48);
    const passage = make("span");
    passage.append(
      (begin ? "…" : "") + said.slice(begin, at), make("mark", {}, said.slice(at, at + length)),
      said.slice(at + length, end) + (end < said.length ? "…" : ""));
    return passage;
  };
  const search = async (asked, count, list) => {
    const wanted = plain(asked).split(/\s+/).filter(Boolean);
    list.replaceChildren();
    count.textContent = "";
    if (!wanted.length) return;
    const shown = words.searching;
    count.textContent = shown;
    const all = await allBlocks();
    if (count.textContent !== shown) return; // another search has begun
    const found = all.filter((block) => wanted.every((word) => block.plain.includes(word)));
    count.textContent = found.length ? fill(words.found, found.length) : words["nothing-found"];
    for (const block of found.slice(0, mostShown)) {
      const at = block.plain.indexOf(wanted[0]);
      const address = `${block.address}?q=${encodeURIComponent(asked.trim())}#${encodeURIComponent(block.id)}`;
      list.append(make("li", {}, make("a", { href: address },
        make("span", { class: "where" }, block.title), excerpt(block.said, at, wanted[0].length))));
    }
  };
  const openSearch = () => dialog("search", words.search, (made) => {
    const field = make("input", { type: "search", "aria-labelledby": "search-title", autocomplete: "off", autofocus: "" });
    const count = make("p", { class: "count", role: "status" });
    const list = make("ol", { class: "results" });
    made.append(field, count, list);
    let later = 0;
    field.addEventListener("input", () => {
      clearTimeout(later);
      later = setTimeout(() => search(field.value, count, list), 120);
    });
    made.addEventListener("click", (event) => { if (event.target.closest("a")) made.close(); });
  }).querySelector("input").select();

  // What was searched is marked in the text that it led to.
  const markFound = (asked) => {
    const wanted = plain(asked).split(/\s+/).filter(Boolean);
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    for (const node of nodes) {
      for (const word of wanted) {
        const at = plain(node.data).indexOf(word);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + word.length);
        range.surroundContents(make("mark"));
        break;
      }
    }
  };
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) markFound(asked);

  // Notes beside their callouts.
  const wide = matchMedia("(min-width: 75rem)");
  let popped = null;
  const popIn = (giveBack) => {
    if (!popped) return;
    const { box, callout } = popped;
    popped = null;
    box.remove();
    callout.setAttribute("aria-expanded", "false");
    if (giveBack) callout.focus({ preventScroll: true });
  };
  const popOut = (callout, note) => {
    popIn(false);
    const label = callout.getAttribute("aria-label") || callout.textContent;
    const box = make("aside", { class: "popped", role: "note", tabindex: "-1", "aria-label": label });
    box.append(make("span", { class: "number", "aria-hidden": "true" }, callout.textContent.trim()));
    for (const child of note.childNodes) box.append(child.cloneNode(true));
    for (const one of box.querySelectorAll("[id]")) one.removeAttribute("id");
    for (const one of box.querySelectorAll("[role=doc-backlink]")) one.remove();
    box.lang = note.closest("[lang]")?.lang || root.lang;
    callout.setAttribute("aria-expanded", "true");
    popped = { box, callout };
    // Right behind its callout, so that the next key leads into it.
    (callout.closest("p, li, td, th, h1, h2, h3, h4, h5, h6, figcaption, dd, dt, .line-block") ?? callout)
      .after(box);
    if (wide.matches) {
      const frame = text.getBoundingClientRect();
      const side = rightToLeft ? frame.left - box.offsetWidth - 12 : frame.right + 12;
      box.style.left = `${Math.max(8, side) + scrollX}px`;
      const lowest = innerHeight - box.offsetHeight - 8;
      const top = Math.max(8, Math.min(callout.getBoundingClientRect().top - 12, lowest));
      box.style.top = `${top + scrollY}px`;
    } else if (callout.getBoundingClientRect().bottom > box.getBoundingClientRect().top) {
      callout.scrollIntoView({ block: "center" });
    }
    box.focus({ preventScroll: true });
  };
  document.addEventListener("click", (event) => {
    const callout = event.target.closest("main a[role=doc-noteref]");
    if (!callout) {
      if (popped && !popped.box.contains(event.target)) popIn(false);
      return;
    }
    const note = document.getElementById(decodeURIComponent(callout.hash.slice(1)));
    if (!note || callout.getAttribute("href")[0] !== "#") return;
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (popped?.callout === callout) popIn(true); else popOut(callout, note);
  });
  addEventListener("resize", () => popIn(false));
  addEventListener("beforeprint", () => popIn(false));

  // Where the reader was.
  const book = new URL(".", location.href).pathname;
  const begin = document.querySelector("[data-begin]");
  if (begin) {
    const [last, title] = (kept.get(`place${book}`) ?? "").split("\n");
    if (last && title && /^[^/:?#]+\.html$/.test(decodeURIComponent(last))) {
      begin.setAttribute("href", last);
      begin.textContent = `${begin.dataset.begin} · ${title}`;
    }
  } else if (document.querySelector(".turn")) {
    kept.set(`place${book}`, `${location.pathname.split("/").pop()}\n${text.querySelector("h1 .title, h1")?.textContent.trim() ?? ""}`);
  }

  // Keys. Those of a single letter can be switched off (WCAG 2.2, 2.1.4).
  const turn = (way) => document.querySelector(`.turn a[rel=${way}]`)?.click();
  const keys = {
    ArrowLeft: () => turn(rightToLeft ? "next" : "prev"),
    ArrowRight: () => turn(rightToLeft ? "prev" : "next"),
  };
  const contents = document.querySelector("[data-opens=contents]");
  const searchButton = document.querySelector("[data-opens=search]");
  const letters = { d: changeTheme, "?": () => openKeys() };
  if (contents) letters.c = openContents;
  if (searchButton) letters["/"] = openSearch;
  const openKeys = () => dialog("keys", words.keys, (made) => {
    const list = make("dl", { class: "keys" });
    const line = (key, said) => list.append(make("dt", {}, make("kbd", {}, key)), make("dd", {}, said));
    if (document.querySelector(".turn a[rel=prev]")) line(rightToLeft ? "→" : "←", words["previous-key"]);
    if (document.querySelector(".turn a[rel=next]")) line(rightToLeft ? "←" : "→", words["next-key"]);
    if (letters.c) line("c", words["contents-key"]);
    if (letters["/"]) line("/", words["search-key"]);
    line("d", words["theme-key"]);
    line("?", words.help);
    const box = make("input", { type: "checkbox", id: "keys-off" });
    box.checked = kept.get("letters") === "off";
    box.addEventListener("change", () => kept.set("letters", box.checked ? "off" : "on"));
    made.append(list, make("label", { for: "keys-off" }, box, ` ${words["keys-off"]}`));
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape" && popped) return popIn(true);
    // What was focused in a dialog stays so for a moment when it has closed.
    const dialog = event.target.closest?.("dialog");
    const ownKeys = event.target.closest?.("input, textarea, select, pre, .wide, [contenteditable]");
    if (dialog ? dialog.open : ownKeys) return;
    const letter = kept.get("letters") !== "off" && letters[event.key];
    const does = letter || keys[event.key];
    if (!does) return;
    event.preventDefault();
    does();
  });

  const opens = { contents: openContents, search: openSearch, keys: openKeys };
  for (const one of document.querySelectorAll("[data-opens]")) {
    one.hidden = false;
    one.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      opens[one.dataset.opens]();
    });
  }
  if (themeButton) {
    themeButton.hidden = false;
    themeButton.addEventListener("click", changeTheme);
  }
  for (const list of document.querySelectorAll(".contents-of-book")) markHere(list);
})();
