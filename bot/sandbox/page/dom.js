/** Builds elements; text always arrives as text, never as markup. */

const SVG = "http://www.w3.org/2000/svg";

const DRAWINGS = {
  send: "M4.5 12 20 4.8 15.5 20 11.7 13.3zM11.7 13.3 20 4.8",
  menu: "M5 7h14M5 12h14M5 17h14",
  place: "M12 21s6.5-5.7 6.5-11a6.5 6.5 0 0 0-13 0C5.5 15.3 12 21 12 21zM12 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z",
  more: "M12 5.8a.7.7 0 1 0 0-1.4.7.7 0 0 0 0 1.4zM12 12.7a.7.7 0 1 0 0-1.4.7.7 0 0 0 0 1.4zM12 19.6a.7.7 0 1 0 0-1.4.7.7 0 0 0 0 1.4z",
  close: "M6 6l12 12M18 6 6 18",
  add: "M12 5v14M5 12h14",
  auto: "M12 4a8 8 0 1 0 0 16zM12 4a8 8 0 0 1 0 16",
  light: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4",
  dark: "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z",
  file: "M7 3.5h7l4 4v13H7zM14 3.5v4h4",
  down: "M6 9.5l6 6 6-6",
  out: "M8 16 17 7M10 7h7v7",
  copy: "M9 9h10v10H9zM5 15V5h10",
  app: "M4.5 6h15v12h-15zM4.5 9.5h15",
  keyboard: "M3.5 7h17v10h-17zM7 10.5v.01M10.3 10.5v.01M13.7 10.5v.01M17 10.5v.01M8 14h8",
  block: "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM6.5 6.5l11 11",
  link: "M10 14a4 4 0 0 0 6 .4l2.6-2.6a4 4 0 0 0-5.7-5.7L11.8 7.2M14 10a4 4 0 0 0-6-.4l-2.6 2.6a4 4 0 0 0 5.7 5.7l1.1-1.1",
  clock: "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 7.5V12l3 2",
};

/** An element with attributes, `on` listeners and children (nodes, or strings as text). */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "on") {
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    } else if (value === true) {
      element.setAttribute(key, "");
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(key, value);
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", DRAWINGS[name]);
  svg.append(path);
  return svg;
}

/** A round picture with a person's initials in a colour of their own. */
export function avatar(person) {
  const initials = [person.first_name, person.last_name].filter(Boolean).map((name) => [...name][0]).join("");
  return el("span", { class: `avatar avatar-${person.id % 7}`, "aria-hidden": "true" }, initials.toUpperCase());
}

export function fullName(person) {
  return `${person.first_name} ${person.last_name}`.trim();
}
