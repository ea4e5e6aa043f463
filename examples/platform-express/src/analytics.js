// Analytics (rule 9.5): generalised shipments, in cells of a day, a city and a courier that are large enough.
import { createHmac, randomBytes } from "node:crypto";
import { dayOf } from "./instant.js";
import { limits } from "./limits.js";
import { answer, cursor, opened, query } from "./paging.js";

const key = randomBytes(32);
const WEIGHT_STEP = 100;

export const analyticsHandlers = (consignments) => ({
  listAnalyticsShipments: {
    // A cursor is [query, shipments known when it began, place]: references hold for one query.
    answer({ operation, client, path, query: wanted }) {
      const { at, limit } = query(wanted);
      const list = `${operation.id} ${client.code}`;
      const { all } = consignments;
      const [name, known, place] = at === undefined ? [randomBytes(16).toString("hex"), all.length, 0] : JSON.parse(opened(list, at));
      const rows = shipments(all.slice(0, known).map(({ record }) => record), name);
      const end = place + limit;
      const next = end < rows.length ? cursor(list, JSON.stringify([name, known, end])) : undefined;
      return answer({ path, limit, items: rows.slice(place, end), next });
    },
  },
});

function shipments(records, query) {
  const cells = new Map();
  for (const record of records) {
    const city = `${record.recipient.address.region_code.slice(0, 4)}00`;
    const cell = { day: dayOf(record.created_at), region_code: city, courier_code: record.courier_code };
    const name = Object.values(cell).join(" ");
    if (!cells.has(name)) cells.set(name, { cell, members: [] });
    cells.get(name).members.push(record);
  }
  return [...cells.values()]
    .filter(({ members }) => members.length >= limits.small_cell_k)
    .flatMap(({ cell, members }) => members.map((record) => row(record, cell, members.length, query)))
    // By random names: the order tells nothing either.
    .sort((a, b) => (a.shipment_ref < b.shipment_ref ? -1 : 1));
}

function row({ consignment_id, status, parcels, recipient: { address: { province, city } } }, cell, size, query) {
  const weight = parcels.reduce((sum, { weight_grams }) => sum + weight_grams, 0);
  return {
    shipment_ref: createHmac("sha256", key).update(`${query} ${consignment_id}`).digest("hex").slice(0, 32),
    ...cell, cell_size: size, status, weight_grams: Math.round(weight / WEIGHT_STEP) * WEIGHT_STEP,
    recipient: { name: "***", phone: { number: "******", kind: "masked" }, address: { province, city } },
  };
}
