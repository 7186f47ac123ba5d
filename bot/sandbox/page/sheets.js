/** Sheets inside a phone and dialogs over the page; each holds the focus and gives it back. */

import { el, icon } from "./dom.js";

/** Opens a sheet over `stage`; returns a function that closes it. */
export function openSheet(stage, title, content, { middle = false } = {}) {
  const before = document.activeElement;
  const elsewhere = before !== document.body && !stage.contains(before);
  const close = () => {
    veil.remove();
    if (before.isConnected && !elsewhere) before.focus({ preventScroll: true });
  };
  const shut = el("button", { type: "button", class: "round", "aria-label": "Close", on: { click: close } }, icon("close"));
  const head = el("div", { class: "sheet-head" }, el("h3", {}, title), middle ? "" : shut);
  const box = el("div", { class: "sheet-box", role: "dialog", "aria-modal": "true", "aria-label": title }, head, ...content(close));
  const veil = el("div", { class: middle ? "veil middle" : "veil" }, box);
  veil.addEventListener("click", (event) => event.target === veil && close());
  veil.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (event.key === "Tab") keepInside(event, box);
  });
  stage.querySelector(":scope > .veil")?.remove();
  stage.append(veil);
  if (!elsewhere) focusable(box).at(middle ? -1 : 0)?.focus({ preventScroll: true });
  return close;
}

function focusable(box) {
  return [...box.querySelectorAll("button, input, select, a[href]")].filter((each) => !each.disabled);
}

function keepInside(event, box) {
  const all = focusable(box);
  const edge = event.shiftKey ? all[0] : all.at(-1);
  if (document.activeElement === edge) {
    event.preventDefault();
    (event.shiftKey ? all.at(-1) : all[0]).focus();
  }
}

/** What a bot's alert says, until OK is pressed. */
export function openAlert(stage, title, text) {
  openSheet(stage, title, (close) => [
    el("p", { class: "said", dir: "auto" }, text),
    el("div", { class: "answers" }, el("button", { type: "button", class: "main", on: { click: close } }, "OK")),
  ], { middle: true });
}

/** A list to choose one of; `options` are {label, note, icon, danger, choose}. */
export function openChoices(stage, title, options) {
  openSheet(stage, title, (close) => [
    el("div", { class: "choices" }, ...options.map((option) =>
      el("button", {
        type: "button",
        class: option.danger ? "danger" : null,
        on: { click: () => { close(); option.choose(); } },
      }, option.icon ? icon(option.icon) : "", el("span", {}, option.label), option.note ? el("small", {}, option.note) : ""))),
  ]);
}

/** A form in a dialog over the page; calls `done` with its values when it is sent. */
export function openForm(title, fields, sendLabel, done) {
  const dialog = el("dialog", { "aria-label": title });
  const form = el("form", { class: "form", method: "dialog" },
    el("h2", {}, title), ...fields,
    el("div", { class: "answers" },
      el("button", { type: "button", on: { click: () => dialog.close() } }, "Cancel"),
      el("button", { class: "main" }, sendLabel)));
  form.addEventListener("submit", () => done(Object.fromEntries(new FormData(form))));
  dialog.addEventListener("close", () => dialog.remove());
  dialog.append(form);
  document.body.append(dialog);
  dialog.showModal();
}

/** A photo in full size. */
export function openViewer(source, caption) {
  const dialog = el("dialog", { class: "viewer", "aria-label": caption },
    el("img", { src: source, alt: caption }),
    el("div", { class: "answers" }, el("button", { type: "button", on: { click: () => dialog.close() } }, "Close")));
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
}
