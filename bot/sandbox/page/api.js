/** Tells the sandbox what people do, and listens to what happens to them. */

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 10000;

/** Posts and returns the answer; throws an Error whose message can be shown. */
export async function post(path, body = {}) {
  let answer;
  try {
    answer = await fetch(`/sandbox${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch {
    throw new Error("The sandbox does not answer. Nothing was sent.");
  }
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(said.error ?? "That did not work.");
  return said;
}

/** The stream of events; comes back by itself when the server was away. */
export class Stream {
  #source = null;
  #timer = null;
  #wait = FIRST_WAIT;

  constructor({ onEvent, onLost }) {
    this.onEvent = onEvent;
    this.onLost = onLost;
  }

  connect() {
    clearTimeout(this.#timer);
    this.#source?.close();
    const source = (this.#source = new EventSource("/sandbox/events"));
    source.addEventListener("message", ({ data }) => {
      this.#wait = FIRST_WAIT;
      this.onEvent(JSON.parse(data));
    });
    source.addEventListener("error", () => {
      source.close();
      this.onLost();
      this.#timer = setTimeout(() => this.connect(), this.#wait);
      this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
    });
  }
}
