/** The scrolling conversation of one phone: keeps its end in sight and its days apart. */

import { el, icon } from "./dom.js";
import { messageElement, setWaiting } from "./message.js";
import { dayName } from "./times.js";

const NEAR_END = 60;

export class Log {
  #messages = new Map();
  #unseen = 0;
  #sticky = true;
  #top = 0;

  constructor(phone, welcome) {
    this.phone = phone;
    this.welcome = welcome;
    this.thread = el("div", { class: "thread" });
    this.element = el("div", {
      class: "log", role: "log", tabindex: "0", "aria-live": "polite", "aria-label": `Chat of ${phone.person.first_name}`,
    }, this.thread);
    this.badge = el("span", { class: "badge", hidden: true });
    this.newest = el("button", {
      type: "button", class: "newest", hidden: true, "aria-label": "To the newest message", on: { click: () => this.toEnd() },
    }, icon("down"), this.badge);
    this.element.addEventListener("scroll", () => this.#onScroll(), { passive: true });
    const follow = new ResizeObserver(() => this.#sticky && this.toEnd());
    for (const each of [this.element, this.thread]) follow.observe(each);
  }

  /** Shows these messages and nothing else. */
  reset(messages) {
    this.#messages = new Map(messages.map((message) => [message.message_id, message]));
    this.redraw();
    this.toEnd();
  }

  /** Draws everything anew, for instance in another zone. */
  redraw() {
    this.thread.replaceChildren(...[...this.#messages.values()].map((message) => messageElement(message, this.phone)));
    this.#arrange();
  }

  /** A new or changed message; returns whether it was new. */
  put(message) {
    const stay = this.#sticky || !message.from.is_bot;
    const known = this.#messages.has(message.message_id);
    this.#messages.set(message.message_id, message);
    const element = messageElement(message, this.phone);
    if (known) this.#replace(message, element);
    else this.thread.append(element);
    this.#arrange();
    if (stay) this.toEnd();
    else if (!known) this.#count();
    return !known;
  }

  #replace(message, element) {
    const old = this.#find(message.message_id);
    const tapped = old.contains(document.activeElement) ? document.activeElement.dataset.tap : null;
    element.classList.add("changed");
    old.replaceWith(element);
    if (tapped !== null) this.#focusButton(element, tapped);
  }

  /** Who works with the keyboard keeps the place: the same button, else the first one. */
  #focusButton(element, tapped) {
    const all = [...element.querySelectorAll("[data-tap]")];
    (all.find((button) => button.dataset.tap === tapped) ?? all[0] ?? this.element).focus({ preventScroll: true });
  }

  remove(messageId) {
    this.#messages.delete(messageId);
    this.#find(messageId)?.remove();
    this.#arrange();
  }

  /** A tap began or ended: the wheel on its button. */
  mark(tap) {
    const buttons = this.#find(tap.message_id)?.querySelectorAll("[data-tap]") ?? [];
    for (const button of buttons) {
      if (button.dataset.tap === tap.data) setWaiting(button, this.phone.waitsFor(tap.message_id, tap.data));
    }
  }

  toEnd() {
    this.element.scrollTop = this.element.scrollHeight;
    this.#top = this.element.scrollTop;
    this.#seen();
  }

  #find(messageId) {
    return this.thread.querySelector(`[data-id="${Number(messageId)}"]`);
  }

  /** Only a way upwards leaves the end; a chat that grew by itself is followed. */
  #onScroll() {
    const { scrollHeight, scrollTop, clientHeight } = this.element;
    if (scrollHeight - scrollTop - clientHeight < NEAR_END) this.#seen();
    else if (scrollTop < this.#top) this.#sticky = false;
    this.newest.hidden = this.#sticky;
    this.#top = scrollTop;
  }

  #count() {
    this.#unseen += 1;
    this.badge.textContent = this.#unseen;
    this.badge.hidden = false;
    this.newest.hidden = false;
  }

  #seen() {
    this.#unseen = 0;
    this.badge.hidden = true;
    this.newest.hidden = true;
    this.#sticky = true;
  }

  /** Puts a line before each new day and draws messages of one side together. */
  #arrange() {
    for (const line of this.thread.querySelectorAll(".day, .welcome")) line.remove();
    let [lastDay, lastSender] = ["", 0];
    for (const message of this.#messages.values()) {
      const element = this.#find(message.message_id);
      const day = dayName(message.date, this.phone.language, this.phone.zone);
      element.classList.toggle("same", lastSender === message.from.id && day === lastDay);
      if (day !== lastDay) element.before(el("div", { class: "day" }, day));
      [lastDay, lastSender] = [day, message.from.id];
    }
    if (!this.#messages.size) this.thread.append(this.welcome());
  }
}
