// Consignments (rule 7): entry, correction, change of courier, cancellation, and the feeds in which every version stands once.
import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { counterpart, serviceProducts } from "./counterparts.js";
import { dialogue } from "./documents.js";
import { written } from "./instant.js";
import { parcelStatus } from "./parcels.js";
import { invalid, problem } from "./problem.js";

const FINAL = new Set(dialogue("parcel").final);
const BEFORE_PICKUP = new Set(["created", "pickup_assigned", "pickup_failed", "cancelled"]);

const cancelled = (parcels) => parcels.map((parcel) => ({ ...parcel, status: "cancelled" }));
const isFinal = ({ status }) => FINAL.has(status);

export class Consignments {
  #clock;
  #webhooks;
  #notices;
  #all = new Map();
  #feeds = new Map();
  // Waybill number -> the parcel that it belongs to now.
  #waybills = new Map();

  constructor(clock, webhooks, notices) {
    this.#clock = clock;
    this.#webhooks = webhooks;
    this.#notices = notices;
  }

  get all() {
    return [...this.#all.values()];
  }

  ofOrder(orderNo) {
    return this.all.filter(({ record }) => record.order_no === orderNo);
  }

  // The consignment, if this client entered or performs it.
  owned(id, { code }) {
    const consignment = this.#all.get(id);
    const parties = consignment && [consignment.record.merchant_id, consignment.record.courier_code];
    if (!parties?.includes(code)) throw problem("not_found");
    return consignment;
  }

  feed(code) {
    if (!this.#feeds.has(code)) this.#feeds.set(code, []);
    return this.#feeds.get(code);
  }

  // A former courier sees its farewell only.
  visible(code) {
    return ({ consignment_id, farewell }) => {
      const { merchant_id, courier_code } = this.#all.get(consignment_id).record;
      return farewell || code === merchant_id || code === courier_code;
    };
  }

  enter(entry, merchant) {
    this.#checkChoice(entry.courier_code, entry.service_product);
    const repeated = ["parcel_no", "waybill_no"].flatMap((name) => duplicates(entry.parcels, name));
    if (repeated.length) throw invalid(...repeated);
    if (entry.parcels.some(({ waybill_no }) => this.#taken(waybill_no))) throw problem("waybill_conflict");
    const now = written(this.#clock.now());
    const record = {
      consignment_id: `C-${randomUUID()}`, merchant_id: merchant.code, ...entry,
      parcels: entry.parcels.map((parcel) => ({ ...parcel, status: "created" })),
      status: "created", version: 1, created_at: now, updated_at: now,
    };
    const consignment = { record, events: [] };
    this.#all.set(record.consignment_id, consignment);
    for (const { parcel_no, waybill_no } of record.parcels) if (waybill_no) this.#bind(waybill_no, consignment, parcel_no);
    this.#show(consignment);
    this.#tell("consignment.created", record);
    return record;
  }

  change(consignment, { courier_code: courier, service_product: product, recipient, remarks }) {
    const { record } = consignment;
    const another = courier !== undefined && courier !== record.courier_code;
    if (another && product === undefined) throw invalid(["/service_product", "required"]);
    const choosing = product !== undefined;
    if (choosing) this.#checkChoice(courier ?? record.courier_code, product, another);
    const { status } = record;
    if (status === "cancelled" || status === "completed" || (choosing && status !== "created")) throw problem("state_conflict");
    const { remarks: formerly, ...rest } = record;
    const kept = remarks === undefined ? formerly : remarks;
    const changed = {
      ...rest,
      ...(recipient && { recipient }), ...(kept != null && { remarks: kept }),
      ...(product && { service_product: product }), ...(courier && { courier_code: courier }),
    };
    if (isDeepStrictEqual(changed, record)) return record;
    if (another) return this.#handOver(consignment, changed);
    this.#revise(consignment, changed);
    this.#tell("consignment.updated", consignment.record);
    return consignment.record;
  }

  cancel(consignment) {
    const { record } = consignment;
    if (record.status === "cancelled") return record;
    if (record.status !== "created") throw problem("state_conflict");
    this.#revise(consignment, { ...record, status: "cancelled", parcels: cancelled(record.parcels) });
    this.#tell("consignment.cancelled", consignment.record);
    return consignment.record;
  }

  // Whether the number may be used for this parcel of the consignment (rule 8.1).
  checkWaybill(number, consignment, parcel) {
    if (parcel.waybill_no === number) return;
    if (parcel.waybill_no || this.#taken(number)) throw problem("waybill_conflict");
  }

  // New events are in: the parcel has its number, and states follow from events.
  follow(consignment, parcelNo, waybillNo) {
    const { record } = consignment;
    const parcel = record.parcels.find(({ parcel_no }) => parcel_no === parcelNo);
    if (!parcel.waybill_no) this.#bind(waybillNo, consignment, parcelNo);
    const over = record.status === "cancelled";
    const parcels = record.parcels.map((one) => (one === parcel
      ? { ...one, waybill_no: waybillNo, status: over ? one.status : parcelStatus(consignment, parcelNo) } : one));
    const changed = { ...record, parcels, status: over ? record.status : statusOf(parcels) };
    if (!isDeepStrictEqual(changed, record)) this.#revise(consignment, changed);
  }

  // The parcel that the number belongs to: {consignment, parcel}.
  byWaybill(number) {
    const { consignment, parcelNo } = this.#waybills.get(number) ?? {};
    return consignment && { consignment, parcel: consignment.record.parcels.find(({ parcel_no }) => parcel_no === parcelNo) };
  }

  #bind(number, consignment, parcelNo) {
    this.#waybills.set(number, { consignment, parcelNo });
  }

  #taken(number) {
    const holder = this.byWaybill(number);
    return holder && !holder.consignment.over && !isFinal(holder.parcel);
  }

  #checkChoice(courier, product, chosen = true) {
    if (chosen && counterpart(courier)?.kind !== "courier") throw invalid(["/courier_code", "unknown_courier"]);
    if (!serviceProducts.some(({ code }) => code === product)) throw invalid(["/service_product", "unknown_service_product"]);
    if (chosen && this.#notices.inEffect(courier, "consignments")) throw invalid(["/courier_code", "courier_interrupted"]);
  }

  // Rule 7.9.  The former courier's waybill numbers stay with what it had, as it stood; the new courier brings its own.
  #handOver(consignment, changed) {
    const { record: former, events } = consignment;
    const parcels = changed.parcels.map(({ waybill_no, ...parcel }) => ({ ...parcel, status: "created" }));
    this.#revise(consignment, { ...changed, parcels });
    const { version, updated_at } = consignment.record;
    const farewell = { ...former, status: "cancelled", parcels: cancelled(former.parcels), version, updated_at };
    for (const { waybill_no, parcel_no } of former.parcels) {
      if (waybill_no) this.#bind(waybill_no, { record: former, events: [...events], over: true }, parcel_no);
    }
    this.feed(former.courier_code).push({ consignment_id: former.consignment_id, farewell: true, record: farewell });
    this.#tell("consignment.cancelled", farewell);
    this.#tell("consignment.created", consignment.record);
    return consignment.record;
  }

  #revise(consignment, record) {
    consignment.record = { ...record, version: consignment.record.version + 1, updated_at: written(this.#clock.now()) };
    this.#show(consignment);
  }

  #show({ record }) {
    for (const code of [record.merchant_id, record.courier_code]) {
      this.feed(code).push({ consignment_id: record.consignment_id, record });
    }
  }

  #tell(type, record) {
    this.#webhooks.tell(type, [record.courier_code], record);
  }
}

function duplicates(parcels, name) {
  const values = parcels.map((parcel) => parcel[name]);
  return values.flatMap((value, place) => (value !== undefined && values.indexOf(value) < place ? [[`/parcels/${place}/${name}`, "duplicate"]] : []));
}

// Rule 7.10.
function statusOf(parcels) {
  if (parcels.every(isFinal)) return "completed";
  return parcels.every(({ status }) => BEFORE_PICKUP.has(status)) ? "created" : "in_progress";
}
