/** Where a person writes: text, command menu, location, reply keyboard, or one big button. */

import { el, icon } from "./dom.js";

export class Composer {
  #keyboardHidden = false;

  constructor(phone) {
    this.phone = phone;
    this.text = el("textarea", { rows: "1", placeholder: "Message", "aria-label": `Message from ${phone.person.first_name}`, enterkeyhint: "send" });
    this.menu = button("menu", "Menu", () => this.#toggleCommands(), "Menu");
    this.keys = button("round", "Show or hide the keyboard", () => this.#toggleKeyboard(), icon("keyboard"));
    this.pin = button("round", "Share a location", () => phone.askForLocation(), icon("place"));
    this.sender = button("round strong", "Send", () => this.#send(), icon("send"));
    this.menu.prepend(icon("menu"));
    this.menu.setAttribute("aria-expanded", "false");
    this.line = el("div", { class: "composer" }, this.menu, this.text, this.keys, this.pin, this.sender);
    this.big = el("button", { type: "button", class: "big", on: { click: () => phone.restart() } });
    this.commands = el("div", { class: "commands", role: "group", "aria-label": "Commands", hidden: true });
    this.keyboard = el("div", { class: "reply-keyboard", role: "group", "aria-label": "Keyboard of the bot" });
    this.element = el("div", { class: "foot" }, this.commands, this.line, this.keyboard, this.big);
    this.text.addEventListener("keydown", (event) => this.#onKey(event));
    this.text.addEventListener("input", () => this.#showCommands(this.text.value.startsWith("/")));
    this.element.addEventListener("keydown", (event) => event.key === "Escape" && this.#showCommands(false));
    this.element.addEventListener("focusout", (event) => this.element.contains(event.relatedTarget) || this.#showCommands(false));
  }

  /** Follows the chat: not begun, blocked, or open, with or without a keyboard of the bot. */
  update() {
    const { chat, commands } = this.phone;
    const open = chat.started && !chat.blocked;
    this.line.hidden = !open;
    this.big.hidden = open;
    this.big.textContent = chat.blocked ? "Unblock" : "Start";
    this.menu.hidden = !commands.length;
    this.keys.hidden = !chat.keyboard;
    this.text.placeholder = chat.keyboard?.input_field_placeholder ?? "Message";
    this.keyboard.replaceChildren(...this.#keyRows());
    this.keyboard.hidden = !open || !chat.keyboard || this.#keyboardHidden;
  }

  /** A new keyboard of the bot is shown even if the one before was hidden. */
  showKeyboard() {
    this.#keyboardHidden = false;
  }

  #keyRows() {
    return (this.phone.chat.keyboard?.keyboard ?? []).map((row) => el("div", { class: "row" }, ...row.map((key) => this.#key(key))));
  }

  #key(key) {
    const press = () => (key.request_location ? this.phone.askForLocation() : this.phone.send(key.text));
    return el("button", { type: "button", on: { click: press } }, key.request_location ? icon("place") : "", key.text);
  }

  #toggleKeyboard() {
    this.#keyboardHidden = !this.#keyboardHidden;
    this.update();
  }

  #toggleCommands() {
    this.#showCommands(this.commands.hidden);
    this.commands.querySelector("button")?.focus();
  }

  #showCommands(shown) {
    const typed = this.text.value.startsWith("/") ? this.text.value.slice(1) : "";
    const fitting = this.phone.commands.filter(({ command }) => command.startsWith(typed));
    this.commands.replaceChildren(...fitting.map((each) => this.#commandButton(each)));
    this.commands.hidden = !shown || !fitting.length;
    this.menu.setAttribute("aria-expanded", String(!this.commands.hidden));
  }

  #commandButton({ command, description }) {
    const choose = () => {
      this.#showCommands(false);
      this.text.value = "";
      this.text.focus();
      this.phone.send(`/${command}`);
    };
    return el("button", { type: "button", on: { click: choose } },
      el("span", { class: "description" }, description), el("span", { class: "command" }, `/${command}`));
  }

  #onKey(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#send();
    }
  }

  async #send() {
    const text = this.text.value;
    if (!text.trim()) return;
    this.text.value = "";
    this.#showCommands(false);
    if (!(await this.phone.send(text)) && !this.text.value) this.text.value = text;
  }
}

function button(className, label, click, child) {
  return el("button", { type: "button", class: className, "aria-label": label, title: label, on: { click } }, child);
}
