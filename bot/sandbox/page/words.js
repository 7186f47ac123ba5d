/** A text and its entities as nodes: bold, links, commands, moments, spoilers, code. */

import { el } from "./dom.js";
import { momentText } from "./times.js";

const PLAIN = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };

/**
 * Offsets are UTF-16 code units, as in JavaScript's own strings.
 * `phone` says how moments look there and what a command or a bot link does.
 */
export function words(text, entities, phone) {
  const sorted = (entities ?? []).toSorted((a, b) => a.offset - b.offset || b.length - a.length);
  return build(text, 0, text.length, sorted, phone);
}

function build(text, from, to, entities, phone) {
  const nodes = [];
  const say = (begin, end) => {
    const words = isBlock(nodes.at(-1)) ? text.slice(begin, end).replace(/^\n/, "") : text.slice(begin, end);
    if (words) nodes.push(words);
  };
  let at = from;
  let rest = entities;
  while (rest.length) {
    const [entity, ...others] = rest;
    const begin = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    if (begin < end) {
      say(at, begin);
      const inside = others.filter((other) => other.offset < end);
      nodes.push(wrap(entity, text.slice(begin, end), build(text, begin, end, inside, phone), phone));
      at = end;
    }
    rest = others.filter((other) => other.offset + other.length > at);
  }
  say(at, to);
  return nodes;
}

/** The line break after a quote or a code block ends that block and makes no empty line. */
function isBlock(node) {
  return node?.matches?.("blockquote, pre") ?? false;
}

function wrap(entity, text, children, phone) {
  if (PLAIN[entity.type]) return el(PLAIN[entity.type], {}, ...children);
  return (WRAPPERS[entity.type] ?? plain)(entity, text, children, phone);
}

const WRAPPERS = {
  text_link: (entity, _text, children, phone) => link(entity.url, children, phone),
  url: (_entity, text, children, phone) => link(text, children, phone),
  email: (_entity, text, children) => el("a", { href: `mailto:${text}` }, ...children),
  pre: (_entity, _text, children) => el("pre", { tabindex: "0" }, el("code", {}, ...children)),
  blockquote: (_entity, _text, children) => el("blockquote", {}, ...children),
  expandable_blockquote: (_entity, _text, children) => folded(children),
  spoiler: (_entity, _text, children) => spoiler(children),
  date_time: moment,
  bot_command: (_entity, text, children, phone) =>
    el("button", { type: "button", class: "link", on: { click: () => phone.send(text) } }, ...children),
};

function plain(_entity, _text, children) {
  return el("span", {}, ...children);
}

function link(url, children, phone) {
  const payload = phone.startPayload(url);
  if (payload !== null) {
    return el("button", { type: "button", class: "link", on: { click: () => phone.start(payload) } }, ...children);
  }
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

function moment(entity, text, children, phone) {
  const shown = momentText(
    entity.unix_time, entity.date_time_format ?? "", phone.now(), phone.language, phone.zone,
  );
  const when = new Date(entity.unix_time * 1000).toISOString();
  return el("time", { datetime: when, title: shown ? text : when }, ...(shown ? [shown] : children));
}

function spoiler(children) {
  const hidden = el("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Hidden text, show" },
    el("span", {}, ...children));
  const show = () => {
    hidden.classList.add("shown");
    for (const name of ["role", "tabindex", "aria-label"]) hidden.removeAttribute(name);
  };
  hidden.addEventListener("click", show);
  hidden.addEventListener("keydown", (event) => ["Enter", " "].includes(event.key) && show());
  return hidden;
}

function folded(children) {
  const quote = el("blockquote", { class: "folded", tabindex: "0" }, ...children);
  quote.addEventListener("click", () => quote.classList.toggle("folded"));
  quote.addEventListener("keydown", (event) => event.key === "Enter" && quote.classList.toggle("folded"));
  return quote;
}
