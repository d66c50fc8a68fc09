// The `metrics` scorecard, just well enough for the mock server.
const clamp = (value) => Math.min(Math.max(value, 0), 1)

function activeUserPoints(users) {
  if (users > 100) return 25
  if (users > 50) return 20
  return users > 10 ? 15 : (users / 10) * 15
}

function ticketPoints(tickets) {
  if (tickets === 0) return 20
  return tickets <= 2 ? 15 : Math.min(10, Math.max(0, 20 - tickets))
}

export function factors(row) {
  const nps = row.nps_score
  const list = [
    ['daily_active_users', 25, activeUserPoints(row.daily_active_users), row.daily_active_users, `${row.daily_active_users} people used the product that day`],
    ['feature_adoption_rate', 25, 25 * clamp(row.feature_adoption_rate), row.feature_adoption_rate, `${Math.round(row.feature_adoption_rate * 100)}% of the features are in use`],
    ['support_tickets_open', 20, ticketPoints(row.support_tickets_open), row.support_tickets_open, `${row.support_tickets_open} support tickets are open`],
    ['nps', 15, nps === null ? 7.5 : (15 * (nps + 100)) / 200, nps, nps === null ? 'No NPS answer yet' : `The latest NPS score is ${nps}`],
    ['login_rate', 15, 15 * clamp(row.login_frequency), row.login_frequency, `Logins on ${Math.round(row.login_frequency * 100)}% of the days`],
  ]
  return list.map(([name, weight, contribution, value, description]) => ({
    name,
    score: (contribution / weight) * 100,
    value,
    description,
    weight,
    contribution,
    trend: null,
    has_data: value !== null,
  }))
}

export const score = (row) => Math.min(Math.max(factors(row).reduce((sum, factor) => sum + factor.contribution, 0), 0), 100)

export function bucket(health) {
  if (health === null) return 'Insufficient Data'
  if (health >= 70) return 'Healthy'
  return health >= 40 ? 'At-Risk' : 'Critical'
}

export function risks(health, row) {
  const found = []
  if (health === null) return found
  if (health < 40) found.push('Critical health score')
  else if (health < 70) found.push('Below target health score')
  if (row.support_tickets_open > 5) found.push('High support ticket volume')
  if (row.feature_adoption_rate < 0.3) found.push('Low feature adoption')
  if (row.daily_active_users < 10) found.push('Low user engagement')
  if (row.nps_score !== null && row.nps_score < 0) found.push('Negative NPS score')
  if (row.login_frequency < 0.3) found.push('Infrequent logins')
  return found
}
