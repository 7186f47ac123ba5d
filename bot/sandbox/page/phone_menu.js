/** What else can be done on a phone: share a place, open a link, change its zone, block the bot. */

import { el, fullName } from "./dom.js";
import { CITIES } from "./places.js";
import { openChoices, openForm } from "./sheets.js";
import { zones } from "./times.js";

export function openMenu(phone) {
  const { blocked, started } = phone.chat;
  openChoices(phone.device, fullName(phone.person), [
    { label: "Share a location", icon: "place", choose: () => askForLocation(phone) },
    { label: "Open a start link", icon: "link", choose: () => askForLink(phone) },
    { label: "Time zone", note: phone.zone || "as this browser", icon: "clock", choose: () => askForZone(phone) },
    ...(started ? [{
      label: blocked ? "Unblock the bot" : "Block the bot", icon: "block", danger: !blocked, choose: () => phone.block(!blocked),
    }] : []),
  ]);
}

export function askForLocation(phone) {
  openChoices(phone.device, "Share a location", CITIES.map(([name, latitude, longitude]) => ({
    label: name,
    note: `${latitude.toFixed(1)}°, ${longitude.toFixed(1)}°`,
    icon: "place",
    choose: () => phone.location({ latitude, longitude }),
  })));
}

function askForLink(phone) {
  const field = el("input", { name: "link", required: true, maxlength: "200", autocomplete: "off", spellcheck: "false" });
  openForm("Open a start link", [el("label", {}, "Link, or what stands after ?start=", field)], "Open", ({ link }) =>
    phone.start(phone.startPayload(link.trim()) ?? link.trim()));
}

function askForZone(phone) {
  const options = ["", ...zones()].map((zone) => el("option", { value: zone, selected: zone === phone.zone }, zone || "As this browser"));
  const field = el("label", {}, "Time zone", el("select", { name: "zone" }, ...options));
  openForm(`Time zone of ${phone.person.first_name}'s phone`, [field], "Set", ({ zone }) => { phone.zone = zone; });
}
