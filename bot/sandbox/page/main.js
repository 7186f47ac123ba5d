/** Puts the page together and hands each event to the phone it is for. */

import { post, Stream } from "./api.js";
import { Clock } from "./clock.js";
import { avatar, el, fullName, icon } from "./dom.js";
import { Phone } from "./phone.js";
import { openForm } from "./sheets.js";
import { themeButton } from "./theme.js";

const LANGUAGES = [["en", "English"], ["de", "Deutsch"], ["fr", "Français"], ["es", "Español"], ["ar", "العربية"]];

const at = (id) => document.getElementById(id);

class Page {
  bot = { first_name: "", username: "" };
  phones = new Map();
  unread = new Map();
  inSight = new Set();
  current = null;

  constructor() {
    this.clock = new Clock(at("clock"), at("clock-steps"), (text) => this.announce(text));
    this.stream = new Stream({ onEvent: (event) => this.onEvent(event), onLost: () => this.onLost() });
    at("tools").append(
      el("button", { type: "button", class: "tool", "aria-label": "Add a person", on: { click: () => this.askForPerson() } }, icon("add"), el("span", {}, "Person")),
      themeButton());
    this.sight = new IntersectionObserver((entries) => this.onSight(entries), { threshold: 0.6 });
    new ResizeObserver(() => this.showCrowd()).observe(at("phones"));
    setInterval(() => this.tick(), 1000);
    this.stream.connect();
  }

  now() {
    return this.clock.now();
  }

  tick() {
    this.clock.show();
    for (const phone of this.phones.values()) phone.tick();
  }

  announce(text) {
    at("announcements").textContent = text;
  }

  onEvent(event) {
    const phone = this.phones.get(event.person);
    const handlers = {
      picture: () => this.onPicture(event),
      clock: () => this.clock.set(event.now),
      bot: () => this.stream.connect(),
      person: () => this.stream.connect(),
      message: () => phone.onMessage(event.message),
      removed: () => phone.log.remove(event.message_id),
      chat: () => phone.onChat(event.chat),
      action: () => phone.onAction(event.action),
      tap: () => phone.onTap(event.tap),
      commands: () => { phone.commands = event.commands; phone.refresh(); },
    };
    handlers[event.kind]?.();
  }

  /** The whole picture: at the start, and after the server was away. */
  onPicture(picture) {
    at("banner").hidden = true;
    this.bot = picture.bot;
    this.clock.set(picture.now);
    at("bot-name").textContent = picture.bot.first_name;
    document.title = `${picture.bot.first_name} · sandbox chat`;
    this.showLinks(picture.tabs);
    for (const pane of picture.people) this.load(pane);
    this.select(this.phones.has(this.current) ? this.current : picture.people[0]?.person.id);
    this.showCrowd();
    this.openStartLink();
  }

  load(pane) {
    const known = this.phones.get(pane.person.id);
    if (known) {
      known.load(pane);
      return;
    }
    const phone = new Phone(pane, this);
    this.phones.set(pane.person.id, phone);
    at("phones").append(phone.element);
    this.sight.observe(phone.element);
    phone.log.toEnd();
  }

  onLost() {
    at("banner").hidden = false;
    at("banner").replaceChildren("The sandbox is away. Trying again …",
      el("button", { type: "button", on: { click: () => this.stream.connect() } }, "Try now"));
  }

  showLinks(tabs) {
    at("links").hidden = !tabs.length;
    at("links").replaceChildren(...tabs.map(({ title, path }) => el("a", { href: path, target: "_blank" }, title)));
  }

  /** With more phones than fit side by side, their people are listed above them. */
  showCrowd() {
    const { scrollWidth, clientWidth } = at("phones");
    document.body.classList.toggle("crowded", scrollWidth > clientWidth);
  }

  /** Phones come into sight, by choosing or scrolling, and are out of it. */
  onSight(entries) {
    for (const { target, isIntersecting } of entries) {
      const { person } = [...this.phones.values()].find((phone) => phone.element === target);
      if (isIntersecting) this.inSight.add(person.id);
      else this.inSight.delete(person.id);
      if (isIntersecting) this.unread.delete(person.id);
    }
    this.showPeople();
  }

  /** The bot said something: a badge for a phone that is out of sight. */
  news(phone, isNew) {
    if (!isNew || this.inSight.has(phone.person.id)) return;
    this.unread.set(phone.person.id, (this.unread.get(phone.person.id) ?? 0) + 1);
    this.showPeople();
  }

  select(personId) {
    this.current = personId;
    for (const phone of this.phones.values()) phone.element.classList.toggle("current", phone.person.id === personId);
    this.phones.get(personId)?.log.toEnd();
    this.showPeople();
  }

  choose(personId) {
    this.select(personId);
    this.phones.get(personId).element.scrollIntoView({ behavior: "smooth", inline: "center", block: "nearest" });
  }

  /** Everybody's name, where not all phones fit; on a narrow screen one of them is shown. */
  showPeople() {
    const focused = at("people").contains(document.activeElement);
    at("people").replaceChildren(...[...this.phones.values()].map(({ person }) => {
      const count = this.unread.get(person.id) ?? 0;
      const badge = el("span", { class: "badge" }, String(count), el("span", { class: "visually-hidden" }, " unread"));
      return el("button", {
        type: "button", "aria-current": person.id === this.current ? "true" : null, on: { click: () => this.choose(person.id) },
      }, avatar(person), el("span", { dir: "auto" }, person.first_name), count ? badge : "");
    }));
    if (focused) at("people").querySelector("[aria-current]")?.focus();
  }

  /** `/sandbox?start=…` is a deep link to the bot: somebody here opens it. */
  openStartLink() {
    const payload = new URLSearchParams(location.search).get("start");
    if (payload === null) return;
    history.replaceState(null, "", location.pathname);
    const people = [...this.phones.values()].map(({ person }) => el("option", { value: person.id }, [fullName(person), person.label].filter(Boolean).join(", ")));
    openForm("Who opens this link?", [el("label", {}, "Person", el("select", { name: "person" }, ...people))], "Open", ({ person }) => {
      this.select(Number(person));
      this.phones.get(Number(person)).start(payload);
    });
  }

  showNew(personId) {
    this.current = personId;
    if (this.phones.has(personId)) this.choose(personId);
  }

  askForPerson() {
    const field = (label, name, options = {}) => el("label", {}, label, el("input", { name, maxlength: "64", autocomplete: "off", ...options }));
    const languages = el("select", { name: "language_code" }, ...LANGUAGES.map(([code, name]) => el("option", { value: code }, name)));
    openForm("Add a person", [
      el("div", { class: "pair" }, field("First name", "first_name", { required: true }), field("Last name", "last_name")),
      el("div", { class: "pair" }, field("Role on this page", "label", { placeholder: "Client" }), el("label", {}, "Language", languages)),
    ], "Add", (person) => post("/people", person).then(({ id }) => this.showNew(id)).catch((error) => this.announce(error.message)));
  }
}

new Page();
