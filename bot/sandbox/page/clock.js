/** The sandbox's clock in the bar, with the buttons that let time pass. */

import { post } from "./api.js";
import { el } from "./dom.js";
import { openForm } from "./sheets.js";
import { barTime } from "./times.js";

const STEPS = [["+10 min", 600], ["+1 h", 3600], ["+1 day", 86400]];
const UNITS = [["minutes", 60], ["hours", 3600], ["days", 86400]];

export class Clock {
  #seconds = 0;
  #since = 0;

  constructor(face, steps, complain) {
    this.face = face;
    this.steps = steps;
    this.complain = complain;
    const buttons = STEPS.map(([label, seconds]) => step(label, `Advance the clock by ${label.slice(1)}`, () => this.#advance(seconds)));
    steps.append(...buttons, step("…", "Advance the clock by another time", () => this.#ask()));
  }

  set(seconds) {
    this.#seconds = seconds;
    this.#since = performance.now();
    this.show();
  }

  now() {
    return this.#seconds + (performance.now() - this.#since) / 1000;
  }

  show() {
    const { day, time } = barTime(this.now());
    this.face.dateTime = new Date(this.now() * 1000).toISOString();
    this.face.replaceChildren(`${day}, `, el("b", {}, time));
  }

  async #advance(seconds) {
    this.#setBusy(true);
    try {
      await post("/clock", { seconds });
    } catch (error) {
      this.complain(error.message);
    } finally {
      this.#setBusy(false);
    }
  }

  #setBusy(busy) {
    this.steps.setAttribute("aria-busy", String(busy));
    for (const button of this.steps.children) button.disabled = busy;
  }

  #ask() {
    const number = el("input", { name: "number", type: "number", min: "1", max: "1000", value: "30", required: true });
    const unit = el("select", { name: "unit" }, ...UNITS.map(([name, seconds]) => el("option", { value: seconds }, name)));
    openForm("Advance the clock", [el("div", { class: "pair" }, el("label", {}, "By", number), el("label", {}, "Unit", unit))], "Advance",
      (values) => this.#advance(Number(values.number) * Number(values.unit)));
  }
}

function step(text, label, click) {
  return el("button", { type: "button", "aria-label": label, title: label, on: { click } }, text);
}
