// Consents, and requests for personal data (rule 10).
import { randomUUID } from "node:crypto";
import { counterpart } from "./counterparts.js";
import { codes } from "./documents.js";
import { milliseconds, written } from "./instant.js";
import { invalid, problem } from "./problem.js";

const purposes = new Map(codes("purposes").codes.map((purpose) => [purpose.code, purpose]));
const reasons = new Map(codes("decision_reasons").codes.map((reason) => [reason.code, reason]));
const HOME = "CN";

export function consentHandlers(consignments, clock) {
  const consents = new Map();
  const decisions = [];

  // The first reason of rule 10.1 that applies, and the consignment whose data are asked for.
  function judge({ order_no, purpose, fields, jurisdiction, cross_border_basis: basis, consent_id }, { code }) {
    const { decision: usual } = purposes.get(purpose);
    const abroad = jurisdiction !== HOME;
    if (usual === "purpose_unrelated" || usual === "use_analytics") return [usual];
    if (abroad && !basis) return ["cross_border_basis_missing"];
    if (purpose === "delivery") {
      const performed = consignments.ofOrder(order_no).findLast(({ record }) => record.courier_code === code);
      if (!performed) return ["not_a_party"];
      return abroad ? ["cross_border_consent_missing"] : ["performs_delivery", performed];
    }
    const { record, merchant, withdrawn } = consents.get(consent_id) ?? {};
    if (record?.order_no !== order_no || record.recipient_code !== code) return ["consent_missing"];
    if (withdrawn) return ["consent_withdrawn"];
    if (clock.now() >= milliseconds(record.expires_at)) return ["consent_expired"];
    if (!fields.every((field) => record.fields.includes(field))) return ["consent_scope"];
    if (abroad && !record.cross_border) return ["cross_border_consent_missing"];
    return ["consent_valid", consignments.ofOrder(order_no).findLast((one) => one.record.merchant_id === merchant)];
  }

  return {
    giveConsent: {
      answer({ body, client }) {
        const own = consignments.ofOrder(body.order_no).some(({ record }) => record.merchant_id === client.code);
        if (!own) throw invalid(["/order_no", "unknown_reference"]);
        if (!counterpart(body.recipient_code)) throw invalid(["/recipient_code", "unknown_reference"]);
        if (milliseconds(body.expires_at) <= clock.now()) throw invalid(["/expires_at", "in_past"]);
        const record = { consent_id: `K-${randomUUID()}`, ...body, given_at: written(clock.now()) };
        consents.set(record.consent_id, { record, merchant: client.code });
        return { status: 201, headers: { Location: `/consents/${record.consent_id}` }, body: record };
      },
    },
    withdrawConsent: {
      find({ params, client }) {
        const consent = consents.get(params.consent_id);
        if (consent?.merchant !== client.code) throw problem("not_found");
        return consent;
      },
      answer({ subject }) {
        subject.withdrawn = true;
        return { status: 204 };
      },
    },
    requestData: {
      answer({ body, client }) {
        const [reason, consignment] = judge(body, client);
        const { decision } = reasons.get(reason);
        const record = { decision_id: `D-${randomUUID()}`, order_no: body.order_no, decision, reason };
        // Decisions are kept as proof, the data that were given aren't.
        decisions.push({ ...record, by: client.code, purpose: body.purpose, at: written(clock.now()) });
        return { body: decision === "granted" ? { ...record, data: chosen(consignment.record, body.fields) } : record };
      },
    },
  };
}

function chosen({ recipient: { name, phone, address }, items, status }, fields) {
  const whole = {
    recipient_name: name, recipient_phone: phone, recipient_address: address, recipient_region: address.region_code,
    item_categories: [...new Set(items.map(({ category }) => category))], status,
  };
  return Object.fromEntries(fields.map((field) => [field, whole[field]]));
}
