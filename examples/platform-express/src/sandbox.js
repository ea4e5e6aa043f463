// Sandbox operations (sandbox.openapi.yaml): the clock, and notices of the platform's own.
import { OWN_CODE, counterpart } from "./counterparts.js";
import { written } from "./instant.js";
import { invalid } from "./problem.js";

const CONTACT = { name: "平台互联组", phone: "010-12345678", email: "notices@platform.example" };
const DIALOGUE_ROLES = ["merchant", "courier"];

export function sandboxHandlers(clock, notices) {
  const reading = () => ({
    body: { now: written(clock.now()), ...(clock.nextDue !== undefined && { next_due: written(clock.nextDue) }) },
  });
  return {
    getClock: { answer: reading },
    advanceClock: {
      answer({ body }) {
        clock.advance(body.advance_seconds * 1000);
        return reading();
      },
    },
    interruptFromPlatform: {
      answer({ body: { counterpart: code, reason, starts_in_seconds: starts, ends_in_seconds: ends, major_impact } }) {
        if (!DIALOGUE_ROLES.includes(counterpart(code)?.kind)) throw invalid(["/counterpart", "unknown_reference"]);
        const now = clock.now();
        const entry = {
          reason, scope: ["consignments", "events", "tracking"], starts_at: written(now + starts * 1000),
          ...(ends !== undefined && { ends_at: written(now + ends * 1000) }),
          justification: "沙箱指令：平台须中断与该对接方的数据传输，理由如 reason 所列。",
          contact: CONTACT, major_impact, arrangement: "此前录入的寄递单及其事件继续传输，直至终结。",
        };
        const body = notices.give(entry, OWN_CODE, code, now, { starts: "/starts_in_seconds", ends: "/ends_in_seconds" });
        return { status: 201, body };
      },
    },
  };
}
