/** One person's phone on the page: what it shows and what can be done on it. */

import { post } from "./api.js";
import { Composer } from "./composer.js";
import { avatar, el, fullName, icon } from "./dom.js";
import { Log } from "./log.js";
import { askForLocation, openMenu } from "./phone_menu.js";
import { openAlert } from "./sheets.js";
import { clockTime } from "./times.js";

const TYPING_FOR = 5000;
const TOAST_FOR = 4500;
const ANSWERED_WITHIN = 150;

export class Phone {
  #waiting = new Map();
  #typing = null;

  /** `page` knows the bot, the sandbox's time and who is told about news. */
  constructor(pane, page) {
    this.page = page;
    this.person = pane.person;
    this.log = new Log(this, () => this.#welcome());
    this.composer = new Composer(this);
    this.#build();
    this.load(pane);
  }

  get language() {
    return this.person.language_code || "en";
  }

  get zone() {
    return localStorage.getItem(`zone:${this.person.id}`) ?? this.person.time_zone;
  }

  set zone(zone) {
    localStorage.setItem(`zone:${this.person.id}`, zone);
    this.log.redraw();
    this.log.toEnd();
    this.refresh();
  }

  now() {
    return this.page.now();
  }

  /** Takes over the whole picture of this chat. */
  load(pane) {
    Object.assign(this, { chat: pane.chat, commands: pane.commands, description: pane.description });
    this.#waiting = new Map(pane.waiting.map((tap) => [tap.id, tap]));
    this.log.reset(pane.messages);
    this.refresh();
  }

  refresh() {
    this.name.textContent = this.page.bot.first_name;
    this.composer.update();
    this.#showState();
    this.tick();
  }

  /** Once a second: the clock in the corner, and taps nobody answered. */
  tick() {
    this.clock.textContent = clockTime(this.now(), this.language, this.zone);
    for (const tap of [...this.#waiting.values()]) {
      if (this.now() - tap.at > ANSWERED_WITHIN) this.onTap({ ...tap, answered: true });
    }
  }

  onMessage(message) {
    const isNew = this.log.put(message);
    if (message.from.is_bot) {
      this.#setTyping(false);
      this.page.news(this, isNew);
    }
  }

  onChat(chat) {
    if (JSON.stringify(chat.keyboard) !== JSON.stringify(this.chat.keyboard)) this.composer.showKeyboard();
    this.chat = chat;
    this.refresh();
  }

  onAction(action) {
    this.#setTyping(true, action.startsWith("upload") ? "sending a file" : "typing");
  }

  onTap(tap) {
    if (tap.answered) this.#waiting.delete(tap.id);
    else this.#waiting.set(tap.id, tap);
    this.log.mark(tap);
    if (!tap.answered || !tap.text) return;
    if (tap.alert) openAlert(this.device, this.page.bot.first_name, tap.text);
    else this.toast(tap.text);
  }

  waitsFor(messageId, data) {
    return [...this.#waiting.values()].some((tap) => tap.message_id === messageId && tap.data === data);
  }

  send(text) {
    return this.#do("send", { text });
  }

  start(payload = "") {
    return this.#do("start", payload ? { payload } : {});
  }

  restart() {
    return this.chat.blocked ? this.block(false) : this.start();
  }

  tap(messageId, data) {
    return this.#do("tap", { message_id: messageId, data });
  }

  location({ latitude, longitude }) {
    return this.#do("location", { latitude, longitude });
  }

  block(blocked) {
    return this.#do(blocked ? "block" : "unblock");
  }

  askForLocation() {
    askForLocation(this);
  }

  async copy(text) {
    await navigator.clipboard.writeText(text);
    this.toast("Copied.");
  }

  /** What a link to this very bot carries, or null for any other link. */
  startPayload(url) {
    const match = /^https?:\/\/t\.me\/(\w+)\/?(?:\?start=([\w-]*))?$/.exec(url);
    return match && match[1].toLowerCase() === this.page.bot.username.toLowerCase() ? match[2] ?? "" : null;
  }

  toast(text, wrong = false) {
    this.stage.querySelector(".toast")?.remove();
    const toast = el("div", { class: wrong ? "toast wrong" : "toast", dir: "auto" }, text);
    this.stage.append(toast);
    this.page.announce(`${this.person.first_name}: ${text}`);
    setTimeout(() => toast.remove(), TOAST_FOR);
  }

  /** Does it, or shows why not; returns whether it was done. */
  async #do(action, body) {
    try {
      await post(`/people/${this.person.id}/${action}`, body);
      return true;
    } catch (error) {
      this.toast(error.message, true);
      return false;
    }
  }

  #build() {
    const { person } = this;
    const about = [person.label, person.language_code.toUpperCase()].filter(Boolean).join(" · ");
    this.clock = el("span");
    this.name = el("h3");
    this.state = el("p");
    const more = el("button", { type: "button", class: "round", "aria-label": `More for ${person.first_name}`, on: { click: () => openMenu(this) } }, icon("more"));
    this.stage = el("div", { class: "stage" }, this.log.element, this.log.newest);
    this.device = el("div", { class: "device" },
      el("div", { class: "status", "aria-hidden": "true" }, this.clock, el("span", { class: "signs" }, person.first_name)),
      el("div", { class: "head" }, el("span", { class: "avatar avatar-bot", "aria-hidden": "true" }), el("div", { class: "names" }, this.name, this.state), more),
      this.stage, this.composer.element);
    this.element = el("section", { class: "phone", "aria-label": `Phone of ${fullName(person)}` },
      el("div", { class: "owner" }, avatar(person), el("div", {}, el("h2", { dir: "auto" }, fullName(person)), el("p", {}, about))),
      this.device);
  }

  #welcome() {
    return el("div", { class: "welcome" },
      el("span", { class: "avatar avatar-bot", "aria-hidden": "true" }),
      el("b", {}, this.page.bot.first_name),
      el("p", { dir: "auto" }, this.description || "Nothing here yet. Press Start to say hello to the bot."));
  }

  #showState() {
    if (!this.#typing) this.state.textContent = this.chat.blocked ? "blocked" : "bot";
    this.state.className = this.#typing ? "doing typing" : "";
  }

  #setTyping(typing, word = "") {
    clearTimeout(this.#typing);
    this.#typing = typing ? setTimeout(() => this.#setTyping(false), TYPING_FOR) : null;
    if (typing) this.state.textContent = word;
    this.#showState();
  }
}
