// The rate limit (rule 4): a window of one minute of business time for each caller, the same for everybody.
import { limits } from "./limits.js";
import { problem } from "./problem.js";

const WINDOW = 60;
const QUOTA = limits.rate_per_minute;

export class Rate {
  #clock;
  #windows = new Map();

  constructor(clock) {
    this.#clock = clock;
  }

  // Counts one request of `caller` and gives the headers that its answer carries.
  count(caller) {
    const now = this.#clock.now();
    let window = this.#windows.get(caller);
    if (!window || now >= window.ends) this.#windows.set(caller, (window = { ends: now + WINDOW * 1000, used: 0 }));
    window.used += 1;
    const reset = Math.max(Math.ceil((window.ends - now) / 1000), 1);
    const headers = {
      "RateLimit": `"default";r=${Math.max(QUOTA - window.used, 0)};t=${reset}`,
      "RateLimit-Policy": `"default";q=${QUOTA};w=${WINDOW}`,
    };
    if (window.used > QUOTA) throw problem("rate_limited", { headers: { ...headers, "Retry-After": String(reset) } });
    return headers;
  }
}
