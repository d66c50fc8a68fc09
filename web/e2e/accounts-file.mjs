const header = 'account_name,segment,region,arr,date,daily_active_users,feature_adoption_rate,support_tickets_open,nps_score,login_frequency'

/** Latest values that give the scores 90.5, 48.5, 72, 21.375 and 72.625: on average 61. */
const accounts = [
  ['Alder Bank', 'Enterprise', 'US', 500000, 160, 0.8, 0, 60, 0.9],
  ['Birch Foods', 'SMB', 'EU', 50000, 15, 0.4, 8, 20, 0.3],
  ['Cypress Media', 'Mid-Market', 'EU', 200000, 60, 0.7, 2, '', 0.8],
  ['Dogwood Labs', 'Startup', 'US', 20000, 4, 0.1, 12, -55, 0.1],
  ['Elm Logistics', 'Enterprise', 'APAC', 300000, 100, 0.65, 1, 35, 0.75],
]
const days = ['2024-10-01', '2024-10-02', '2024-10-03']

const rows = accounts.flatMap(([name, segment, region, arr, users, ...rest]) =>
  days.map((day, index) => [name, segment, region, arr, day, users - (days.length - 1 - index), ...rest].join(',')),
)

const csv = (name, lines) => ({ name, mimeType: 'text/csv', buffer: Buffer.from([header, ...lines].join('\n') + '\n') })

/** Five accounts with three days each. */
export const accountsFile = csv('accounts.csv', rows)

/** The same, but the revenue in line 3 is no number. */
export const flawedFile = csv('flawed.csv', rows.map((row, index) => (index === 1 ? row.replace('500000', 'plenty') : row)))
