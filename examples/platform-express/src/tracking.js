// Public tracking (rule 9): what anybody who holds a waybill number may see.
import { milliseconds } from "./instant.js";
import { limits } from "./limits.js";
import { maskedContact } from "./masking.js";
import { countedEvents } from "./parcels.js";
import { problem } from "./problem.js";

const RETENTION = limits.retention_days * 86400_000;

export const trackingHandlers = (consignments, clock) => ({
  trackWaybill: {
    find({ params }) {
      const held = consignments.byWaybill(params.waybill_no);
      if (!held || clock.now() - milliseconds(held.consignment.record.updated_at) > RETENTION) throw problem("not_found");
      return held;
    },
    answer({ params, subject: { consignment, parcel } }) {
      const { courier_code, sender, recipient } = consignment.record;
      return {
        body: {
          waybill_no: params.waybill_no, courier_code, status: parcel.status,
          sender: maskedContact(sender), recipient: maskedContact(recipient),
          events: countedEvents(consignment, parcel.parcel_no).filter(({ code }) => code !== "RETRACTED").map(publicEvent),
        },
      };
    },
  },
});

// No free text: descriptions and names of facilities stay away.
const publicEvent = ({ code, occurred_at, location: { region_code, city }, sign_off: signOff }) => ({
  code, occurred_at, location: { region_code, city }, ...(signOff && { sign_off_manner: signOff.manner }),
});
