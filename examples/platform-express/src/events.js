// Express events (rule 8): couriers report them, merchants read them.
import { isDeepStrictEqual } from "node:util";
import { milliseconds, written } from "./instant.js";
import { page } from "./paging.js";
import { invalid, problem } from "./problem.js";

const AHEAD_AT_MOST = 300_000;

export function eventHandlers(consignments, clock, webhooks) {
  // Courier and event_id -> the event.
  const known = new Map();

  function report({ params, client, body }) {
    const { consignment_id: id, parcel_no: parcelNo, events } = body;
    const waybillNo = params.waybill_no;
    const consignment = consignments.owned(id, client);
    const flaws = events.flatMap((event, place) => flaw(event, clock.now()).map(([pointer, code]) => [`/events/${place}${pointer}`, code]));
    if (flaws.length) throw invalid(...flaws);
    const parcel = consignment.record.parcels.find(({ parcel_no }) => parcel_no === parcelNo);
    if (!parcel) throw invalid(["/parcel_no", "unknown_reference"]);
    consignments.checkWaybill(waybillNo, consignment, parcel);

    const recorded_at = written(clock.now());
    const fresh = new Map();
    const duplicates = [];
    for (const event of events) {
      const whole = { waybill_no: waybillNo, consignment_id: id, parcel_no: parcelNo, courier_code: client.code, ...event };
      const former = fresh.get(event.event_id) ?? known.get(`${client.code} ${event.event_id}`);
      if (!former) fresh.set(event.event_id, whole);
      else if (isDeepStrictEqual(former, whole)) duplicates.push(event.event_id);
      else throw problem("event_id_reused");
    }
    for (const [eventId, event] of fresh) {
      const record = { ...event, recorded_at };
      known.set(`${client.code} ${eventId}`, event);
      consignment.events.push(record);
      webhooks.tell("waybill.event", [consignment.record.merchant_id], record);
    }
    consignments.follow(consignment, parcelNo, waybillNo);
    return { body: { accepted: [...fresh.keys()], duplicates, recorded_at } };
  }

  return {
    postEvents: { answer: report },
    listConsignmentEvents: {
      find: ({ params, client }) => consignments.owned(params.consignment_id, client),
      answer: (context) => page(context, context.subject.events, {
        visible: ({ courier_code }) => context.client.role === "merchant" || courier_code === context.client.code,
      }),
    },
  };
}

// Rules 8.3 to 8.5, as [pointer within the event, code].
function flaw({ code, occurred_at, retracts, real_name_check: check, sign_off: signOff }, now) {
  const flaws = [];
  if (milliseconds(occurred_at) > now + AHEAD_AT_MOST) flaws.push(["/occurred_at", "in_future"]);
  if (code === "RETRACTED" && !retracts) flaws.push(["/retracts", "required"]);
  if (code === "PICKED_UP" && !check) flaws.push(["/real_name_check", "real_name_check_missing"]);
  if (code === "PICKED_UP" && check?.outcome === "refused") flaws.push(["/real_name_check/outcome", "real_name_refused"]);
  if (code === "DELIVERED" && !signOff) flaws.push(["/sign_off", "required"]);
  if (signOff && signOff.manner !== "self" && !signOff.consent_ref) flaws.push(["/sign_off/consent_ref", "consent_ref_missing"]);
  return flaws;
}
