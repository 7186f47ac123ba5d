/** Light, dark, or as the system has it; remembered on this browser. */

import { el, icon } from "./dom.js";

const THEMES = ["auto", "light", "dark"];

export function themeButton() {
  const button = el("button", { type: "button", class: "tool" });
  const show = (theme) => {
    document.documentElement.dataset.theme = theme;
    localStorage.setItem("theme", theme);
    button.setAttribute("aria-label", `Colours: ${theme}. Change`);
    button.title = `Colours: ${theme}`;
    button.replaceChildren(icon(theme));
  };
  button.addEventListener("click", () => show(THEMES[(THEMES.indexOf(document.documentElement.dataset.theme) + 1) % THEMES.length]));
  show(THEMES.includes(localStorage.getItem("theme")) ? localStorage.getItem("theme") : "auto");
  return button;
}
