/** The columns of an import file, in the order that the sample has them. */
export const columns = [
  { name: 'account_name', what: 'Name of the account; rows of one name are one account' },
  { name: 'segment', what: 'Such as Enterprise, Mid-Market, SMB' },
  { name: 'region', what: 'Such as US, EU, APAC' },
  { name: 'arr', what: 'Annual recurring revenue, a plain number' },
  { name: 'date', what: 'Day of the metrics, as YYYY-MM-DD' },
  { name: 'daily_active_users', what: 'People who used the product that day' },
  { name: 'feature_adoption_rate', what: 'Share of the features in use, 0 to 1' },
  { name: 'support_tickets_open', what: 'Tickets open that day' },
  { name: 'nps_score', what: 'From −100 to 100; may be empty' },
  { name: 'login_frequency', what: 'Share of days with a login, 0 to 1' },
] as const
