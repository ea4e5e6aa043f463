// The couriers that a merchant may choose (rule 7.2): all of them, on the same terms.
import { ofKind, serviceProducts } from "./counterparts.js";
import { page } from "./paging.js";
import { problem } from "./problem.js";

const TERMS = "各家同等：数据免费、同一限流、同一面单规则。";

export const courierHandlers = (notices) => ({
  listCouriers: {
    find({ client, params }) {
      if (params.merchant_id !== client.code) throw problem("not_found");
    },
    answer: (context) => page(context, ofKind("courier").map((courier) => offer(courier, notices)), { feed: false }),
  },
});

function offer({ code, name, since }, notices) {
  const notice = notices.inEffect(code, "consignments");
  return {
    courier_code: code, name, since, available: !notice,
    ...(notice && { interruption_notice_id: notice.notice_id }),
    service_products: serviceProducts, terms: TERMS,
  };
}
