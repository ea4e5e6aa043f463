// Monitoring (rule 13): how the exchange with each counterpart stands, and what might interrupt it.
import { counterparts } from "./counterparts.js";
import { written } from "./instant.js";
import { page } from "./paging.js";

const HALF_YEAR = 182 * 86400_000;
const FIRST_ASSESSMENT = Date.parse("2026-01-15T09:00:00+08:00");

export function monitoringHandlers(webhooks, notices, clock) {
  const status = ({ code }) => {
    const subscriptions = webhooks.of(code);
    const failing = subscriptions.filter((subscription) => subscription.failing).length;
    const { lastSuccess, lastFailure } = webhooks.results.get(code) ?? {};
    return {
      counterpart: code,
      state: notices.inEffect(code) ? "interrupted" : !failing ? "up" : failing < subscriptions.length ? "degraded" : "down",
      checked_at: written(clock.now()),
      ...(lastSuccess && { last_success_at: written(lastSuccess) }),
      ...(lastFailure && { last_failure_at: written(lastFailure) }),
      backlog: subscriptions.reduce((sum, { waiting }) => sum + waiting.size, 0),
    };
  };
  return {
    getExchangeStatus: {
      answer: (context) => page(context, counterparts.filter(({ code }) => sees(context.client, code)).map(status), { feed: false }),
    },
    listRiskAssessments: {
      answer: (context) => page(context, assessments(clock.now()), { feed: false }),
    },
  };
}

const sees = ({ role, code }, counterpart) => role === "authority" || code === counterpart;

// Overall ones, for everybody; made anew every half year.
function assessments(now) {
  const round = Math.floor((now - FIRST_ASSESSMENT) / HALF_YEAR);
  const assessed = FIRST_ASSESSMENT + round * HALF_YEAR;
  const dates = { assessed_at: written(assessed), next_due_at: written(assessed + HALF_YEAR) };
  return [
    {
      assessment_id: `R-${round}-1`, ...dates, scenario: "接口协议期满而未续签", likelihood: "low", impact: "high",
      measures: "期满前 60 日启动续签；推送之外另有拉取通道。",
    },
    {
      assessment_id: `R-${round}-2`, ...dates, scenario: "单一对接方的接收端长时间失效", likelihood: "medium", impact: "medium",
      measures: "各家队列相互独立，按约定重试，数据可拉取补齐。",
    },
  ];
}
