"use strict";
(() => {
  const root = document.documentElement;
  const buttons = [...document.querySelectorAll("[data-language]")];
  document.querySelector(".languages").hidden = false;
  const speak = (lang) => {
    root.lang = lang === "zh" ? "zh-Hans" : "en";
    root.classList.toggle("lang-zh", lang === "zh");
    root.classList.toggle("lang-en", lang === "en");
    buttons.forEach((each) => each.setAttribute("aria-pressed", each.dataset.language === lang));
  };
  buttons.forEach((each) => each.addEventListener("click", () => speak(each.dataset.language)));
})();
