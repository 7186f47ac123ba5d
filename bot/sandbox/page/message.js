/** One message as it hangs in the chat: bubble, time, and the buttons under it. */

import { el, icon } from "./dom.js";
import { cityAt } from "./places.js";
import { openViewer } from "./sheets.js";
import { clockTime } from "./times.js";
import { words } from "./words.js";

const ONLY_EMOJI = /^(?:\p{Extended_Pictographic}[\p{Emoji_Modifier}\u{FE0F}\u{200D}]*){1,3}$/u;

/** The element of a message; `phone` acts for the person and knows zone, language and taps. */
export function messageElement(message, phone) {
  const text = message.text ?? "";
  const classes = ["message"];
  if (!message.from.is_bot) classes.push("mine");
  if (message.edit_date) classes.push("edited");
  if (message.reply_markup) classes.push("with-buttons");
  if (ONLY_EMOJI.test(text)) classes.push("jumbo");
  return el("article", { class: classes.join(" "), "data-id": message.message_id, "aria-label": message.from.first_name },
    el("div", { class: "bubble" }, ...content(message, phone), el("span", { class: "when" }, when(message, phone))),
    message.reply_markup ? buttons(message, phone) : "");
}

function content(message, phone) {
  const parts = [];
  if (message.reply_to_message) parts.push(quote(message.reply_to_message));
  if (message.photo) parts.push(picture(message));
  if (message.document) parts.push(paper(message.document));
  if (message.location) parts.push(place(message.location));
  const text = message.text ?? message.caption;
  const entities = message.entities ?? message.caption_entities;
  if (text) parts.push(el("div", { class: "words", dir: "auto" }, ...words(text, entities, phone), room(message, phone)));
  return parts;
}

function when(message, phone) {
  const time = clockTime(message.date, phone.language, phone.zone);
  return message.edit_date ? `edited ${time}` : time;
}

/** Keeps the last line of words clear of the time in the corner. */
function room(message, phone) {
  return el("span", { class: "room", "aria-hidden": "true" }, when(message, phone));
}

function quote(message) {
  const said = message.text ?? message.caption ?? "…";
  return el("div", { class: "quote" }, el("b", {}, message.from.first_name), el("span", { dir: "auto" }, said));
}

function picture(message) {
  const { file_id: id, width, height } = message.photo.at(-1);
  const source = `/sandbox/files/${encodeURIComponent(id)}`;
  const caption = message.caption ?? "Photo";
  return el("button", { type: "button", class: "picture", "aria-label": `Show photo: ${caption}`, on: { click: () => openViewer(source, caption) } },
    el("img", { src: source, width, height, alt: "" }));
}

function paper(file) {
  const size = file.file_size < 1024 ? `${file.file_size} B` : `${(file.file_size / 1024).toFixed(1)} KB`;
  return el("a", { class: "paper", href: `/sandbox/files/${encodeURIComponent(file.file_id)}`, download: file.file_name },
    el("span", { class: "sheet" }, icon("file")),
    el("span", {}, el("b", { dir: "auto" }, file.file_name), el("small", {}, `${size} · Download`)));
}

function place(location) {
  const at = `${location.latitude.toFixed(3)}, ${location.longitude.toFixed(3)}`;
  return el("div", { class: "place" },
    el("div", { class: "map" }, icon("place")), el("b", {}, cityAt(location) ?? "Location"), " ", el("small", {}, at));
}

function buttons(message, phone) {
  const rows = message.reply_markup.inline_keyboard.map((row) =>
    el("div", { class: "row" }, ...row.map((button) => inlineButton(message, button, phone))));
  return el("div", { class: "buttons", role: "group", "aria-label": "Buttons" }, ...rows);
}

function inlineButton(message, button, phone) {
  const style = `button ${button.style ?? ""}`.trim();
  if (button.url) return linkButton(button, style, phone);
  if (button.web_app) return outside(button.text, button.web_app.url, style, "app");
  if (button.copy_text) {
    return el("button", { type: "button", class: style, on: { click: () => phone.copy(button.copy_text.text) } },
      button.text, corner("copy"));
  }
  const element = el("button", { type: "button", class: style, "data-tap": button.callback_data }, button.text);
  element.addEventListener("click", () => phone.tap(message.message_id, button.callback_data));
  if (phone.waitsFor(message.message_id, button.callback_data)) setWaiting(element, true);
  return element;
}

function linkButton(button, style, phone) {
  const payload = phone.startPayload(button.url);
  if (payload === null) return outside(button.text, button.url, style, "out");
  return el("button", { type: "button", class: style, on: { click: () => phone.start(payload) } }, button.text);
}

function outside(text, url, style, sign) {
  return el("a", { class: style, href: url, target: "_blank", rel: "noopener noreferrer" }, text, corner(sign));
}

function corner(name) {
  return el("span", { class: "corner" }, icon(name));
}

/** Shows or takes away the little wheel on a tapped button. */
export function setWaiting(button, waiting) {
  button.querySelector(".spinner")?.remove();
  button.setAttribute("aria-busy", String(waiting));
  if (waiting) button.append(el("span", { class: "spinner" }));
}
