"use strict";
(() => {
  const root = document.documentElement;
  const settings = JSON.parse(document.getElementById("settings").textContent);
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const verdicts = all("details.verdict");
  let lang = settings.lang;
  root.classList.add("js");
  all(".languages, .filter, .command button").forEach((each) => { each.hidden = false; });

  // Language: the reader's last choice, else what the run asked for, else the browser's.
  const speak = (chosen) => {
    lang = chosen;
    root.lang = lang === "zh" ? "zh-Hans" : "en";
    root.classList.toggle("lang-zh", lang === "zh");
    root.classList.toggle("lang-en", lang === "en");
    all("[data-language]").forEach((each) => each.setAttribute("aria-pressed", each.dataset.language === lang));
    for (const name of ["aria-label", "placeholder", "title"]) {
      all(`[data-${name}-${lang}]`).forEach((each) => each.setAttribute(name, each.getAttribute(`data-${name}-${lang}`)));
    }
    const headline = document.querySelector(`#headline .${lang}`);
    if (headline) document.title = headline.textContent;
    filter();
  };

  // Filters: any of the chosen values within a group, all groups at once, every word of the search anywhere in the verdict.
  const texts = new Map();
  const text = (each) => {
    if (!texts.has(each)) texts.set(each, each.textContent.toLowerCase());
    return texts.get(each);
  };
  const search = document.getElementById("search");
  const pressed = () => all(".chips [aria-pressed=true]");
  const filter = () => {
    const chosen = {};
    pressed().forEach((each) => { (chosen[each.dataset.group] ||= []).push(each.dataset.value); });
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const each of verdicts) {
      const fits = Object.entries(chosen).every(([group, values]) => values.includes(each.dataset[group]))
        && words.every((word) => text(each).includes(word));
      each.classList.toggle("filtered", !fits);
      shown += fits;
    }
    all(".theme").forEach((theme) => theme.classList.toggle("filtered", !theme.querySelector(".verdict:not(.filtered)")));
    const status = document.getElementById("shown");
    status.textContent = status.getAttribute(`data-text-${lang}`).replace("{shown}", shown).replace("{all}", verdicts.length);
    document.getElementById("nothing").hidden = shown > 0;
    document.querySelector("[data-do=reset]").hidden = shown === verdicts.length;
  };
  const reset = () => {
    pressed().forEach((each) => each.setAttribute("aria-pressed", "false"));
    search.value = "";
    filter();
  };

  // A link to something that is closed or filtered away opens it.
  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.closest(".filtered")) reset();
    for (let each = target; each; each = each.parentElement) if (each.tagName === "DETAILS") each.open = true;
    target.scrollIntoView();
  };

  const copy = async (button) => {
    const pre = button.parentElement.querySelector("pre");
    try {
      await navigator.clipboard.writeText(pre.textContent);
      const before = button.innerHTML;
      button.textContent = button.getAttribute(`data-done-${lang}`);
      setTimeout(() => { button.innerHTML = before; }, 1500);
    } catch {
      getSelection().selectAllChildren(pre); // no clipboard here: the text is selected, ready for the keyboard
    }
  };
  const shownVerdicts = () => verdicts.filter((each) => !each.classList.contains("filtered"));
  const actions = {
    reset, copy,
    open: () => shownVerdicts().forEach((each) => { each.open = true; }),
    close: () => shownVerdicts().forEach((each) => { each.open = false; }),
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.language) {
      speak(button.dataset.language);
      try { localStorage.setItem("hulian-lang", lang); } catch { /* a private window keeps nothing */ }
    } else if (button.dataset.group) {
      button.setAttribute("aria-pressed", button.getAttribute("aria-pressed") !== "true");
      filter();
    } else if (actions[button.dataset.do]) {
      actions[button.dataset.do](button);
    }
  });
  search.addEventListener("input", filter);
  addEventListener("hashchange", reveal);
  let closed = [];
  addEventListener("beforeprint", () => { closed = all("details:not([open])"); closed.forEach((each) => { each.open = true; }); });
  addEventListener("afterprint", () => closed.forEach((each) => { each.open = false; }));

  let kept = null;
  try { kept = localStorage.getItem("hulian-lang"); } catch { /* as above */ }
  const browser = navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
  speak(["zh", "en"].includes(kept) ? kept : settings.pinned ? settings.lang : browser);
  reveal();
})();
