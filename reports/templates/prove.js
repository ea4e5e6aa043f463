"use strict";
(() => {
  const root = document.documentElement;
  const settings = JSON.parse(document.getElementById("settings").textContent);
  const all = (selector) => [...document.querySelectorAll(selector)];
  document.querySelector(".languages").hidden = false;
  const speak = (lang) => {
    root.lang = lang === "zh" ? "zh-Hans" : "en";
    root.classList.toggle("lang-zh", lang === "zh");
    root.classList.toggle("lang-en", lang === "en");
    all("[data-language]").forEach((each) => each.setAttribute("aria-pressed", each.dataset.language === lang));
    for (const name of ["aria-label", "title"]) {
      all(`[data-${name}-${lang}]`).forEach((each) => each.setAttribute(name, each.getAttribute(`data-${name}-${lang}`)));
    }
    const headline = document.querySelector(`#headline .${lang}`);
    if (headline) document.title = headline.textContent;
  };
  all("[data-language]").forEach((each) => each.addEventListener("click", () => {
    speak(each.dataset.language);
    try { localStorage.setItem("hulian-lang", each.dataset.language); } catch { /* a private window keeps nothing */ }
  }));
  let kept = null;
  try { kept = localStorage.getItem("hulian-lang"); } catch { /* as above */ }
  const browser = navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
  speak(["zh", "en"].includes(kept) ? kept : settings.pinned ? settings.lang : browser);
})();
