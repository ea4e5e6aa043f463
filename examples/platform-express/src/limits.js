// The limits that this platform declares (rule 14.2), and keeps.
export const limits = {
  rate_per_minute: 600,
  delivery_deadline_seconds: 60,
  event_deadline_seconds: 60,
  notice_lead_seconds: 864000,
  acknowledgement_deadline_seconds: 86400,
  publication_deadline_seconds: 86400,
  retention_days: 1095,
  page_size_max: 100,
  token_lifetime_seconds: 3600,
  small_cell_k: 5,
};
