// The life of a parcel (dialogues/parcel.yaml): its status follows from its courier's events.
import { dialogue } from "./documents.js";
import { milliseconds } from "./instant.js";

const { events: known, initial } = dialogue("parcel");

// A parcel's events that count: those of the courier that performs, without what was retracted, in order of occurrence.
export function countedEvents({ record, events }, parcelNo) {
  const own = events.filter((event) => event.parcel_no === parcelNo && event.courier_code === record.courier_code);
  const retracted = new Set(own.map(({ retracts }) => retracts));
  return own
    .filter(({ event_id }) => !retracted.has(event_id))
    .map((event) => ({ event, occurred: milliseconds(event.occurred_at), recorded: milliseconds(event.recorded_at) }))
    .sort((a, b) => a.occurred - b.occurred || a.recorded - b.recorded) // the sort is stable: then as they were taken (rule 8.3)
    .map(({ event }) => event);
}

export function parcelStatus(consignment, parcelNo) {
  const last = countedEvents(consignment, parcelNo).findLast(({ code }) => known[code]?.to);
  return last ? known[last.code].to : initial;
}
