// The operations on consignments.
import { page } from "./paging.js";

export function consignmentHandlers(consignments) {
  const find = ({ params, client }) => consignments.owned(params.consignment_id, client);
  return {
    createConsignment: {
      answer({ body, client }) {
        const record = consignments.enter(body, client);
        return { status: 201, headers: { Location: `/consignments/${record.consignment_id}` }, body: record };
      },
    },
    listConsignments: {
      answer(context) {
        const { code } = context.client;
        const answer = page(context, consignments.feed(code), { visible: consignments.visible(code) });
        answer.body.items = answer.body.items.map(({ record }) => record);
        return answer;
      },
    },
    getConsignment: { find, answer: ({ subject }) => ({ body: subject.record }) },
    updateConsignment: { find, answer: ({ subject, body }) => ({ body: consignments.change(subject, body) }) },
    cancelConsignment: { find, answer: ({ subject }) => ({ body: consignments.cancel(subject) }) },
  };
}
