// Follows the book: a page that is out of date is loaded again where it was being read, and what is
// wrong with the book stands over it until it is mended.
"use strict";
(() => {
  const place = "quire-live-place";
  const blocks = () => document.querySelectorAll("main p, main li, main h1, main h2, main h3, section p, section li, h1, h2, h3");
  const saying = (one) => one.textContent.trim().slice(0, 24);
  const keepPlace = () => {
    const first = [...blocks()].find((one) => one.getBoundingClientRect().bottom > 60);
    const kept = { page: location.pathname, y: scrollY };
    if (first) Object.assign(kept, { words: saying(first), top: first.getBoundingClientRect().top });
    sessionStorage.setItem(place, JSON.stringify(kept));
  };
  const findPlace = () => {
    const kept = JSON.parse(sessionStorage.getItem(place) ?? "null");
    sessionStorage.removeItem(place);
    if (kept?.page !== location.pathname) return;
    history.scrollRestoration = "manual";
    const go = (top) => scrollTo({ top, behavior: "instant" });
    go(kept.y);
    // Something before it may have become longer or shorter.
    const same = [...blocks()].filter((one) => saying(one) === kept.words);
    const near = same.sort((a, b) => Math.abs(a.getBoundingClientRect().top - kept.top) - Math.abs(b.getBoundingClientRect().top - kept.top))[0];
    if (near) go(scrollY + near.getBoundingClientRect().top - kept.top);
  };
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", findPlace); else findPlace();

  // The text is put in the place of the old one; a page that isn't the same any more is loaded anew.
  const follow = async () => {
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      const kind = answer.headers.get("Content-Type").split(";")[0];
      const page = new DOMParser().parseFromString(await answer.text(), kind);
      const [before, after] = [document, page].map((one) => one.querySelector("main") ?? one.body);
      if (!answer.ok || !after || document.getElementsByTagName("iframe").length) throw new Error("another page");
      keepPlace();
      before.replaceChildren(...[...after.childNodes].map((one) => document.adoptNode(one)));
      document.title = page.title;
      findPlace();
    } catch {
      keepPlace();
      news.close();
      location.reload();
    }
  };

  const show = (problems) => {
    document.getElementById("quire-problems")?.remove();
    if (!problems.length) return;
    const box = document.createElement("div");
    box.id = "quire-problems";
    box.setAttribute("role", "alert");
    box.style.cssText = "position:fixed;inset:auto 0 0;z-index:99;max-height:45vh;overflow:auto;padding:1rem 1.5rem;background:#2a0f08;color:#fff;font:14px/1.6 ui-monospace,monospace;text-indent:0;text-align:left;writing-mode:horizontal-tb";
    for (const one of problems) {
      const line = document.createElement("p");
      line.style.cssText = "margin:.25em 0;text-indent:0";
      const where = document.createElement("strong");
      where.textContent = `${one.place || one.severity} `;
      line.append(where, `${one.message} ${one.remedy}`);
      box.append(line);
    }
    document.body.append(box);
  };

  let version = Number(document.currentScript.dataset.version);
  const news = new EventSource("/live/events");
  news.addEventListener("message", ({ data }) => {
    const told = JSON.parse(data);
    if (told.version !== version) {
      version = told.version;
      follow();
    }
    show(told.problems.filter((one) => one.severity === "error"));
  });
})();
