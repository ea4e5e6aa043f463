// The business clock and what falls due on it.  It is real time and an offset that only the sandbox moves, forward.
const LONGEST_TIMER = 2 ** 31 - 1;

export class Clock {
  #ahead = 0;
  #start = Date.now() - performance.now();
  #agenda = [];
  #timer;

  // Milliseconds since 1970; never steps back, even if the machine's clock does.
  now() {
    return Math.floor(this.#start + performance.now()) + this.#ahead;
  }

  // Calls `act` once, at `due` or as soon after as it can; the answer takes it off again.
  at(due, act) {
    const entry = { due: Math.max(due, this.now()), act };
    const later = this.#agenda.findIndex((other) => other.due > entry.due);
    this.#agenda.splice(later < 0 ? this.#agenda.length : later, 0, entry);
    this.#wait();
    return () => {
      const place = this.#agenda.indexOf(entry);
      if (place >= 0) this.#agenda.splice(place, 1);
    };
  }

  get nextDue() {
    return this.#agenda[0]?.due;
  }

  advance(milliseconds) {
    this.#ahead += milliseconds;
    this.#wait();
  }

  #wait() {
    clearTimeout(this.#timer);
    if (!this.#agenda.length) return;
    const left = this.#agenda[0].due - this.now();
    this.#timer = setTimeout(() => this.#run(), Math.min(Math.max(left, 0), LONGEST_TIMER));
  }

  #run() {
    while (this.#agenda.length && this.#agenda[0].due <= this.now()) {
      this.#agenda.shift().act();
    }
    this.#wait();
  }
}
