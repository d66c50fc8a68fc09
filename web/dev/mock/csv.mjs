const required = ['account_name', 'segment', 'region', 'arr', 'date', 'daily_active_users', 'feature_adoption_rate', 'support_tickets_open', 'nps_score', 'login_frequency']
const numbers = ['arr', 'daily_active_users', 'feature_adoption_rate', 'support_tickets_open', 'nps_score', 'login_frequency']

/** The file of a multipart body; quotes inside cells are beyond this mock. */
export function fileOf(body) {
  const boundary = body.slice(0, body.indexOf('\r\n'))
  const headEnd = body.indexOf('\r\n\r\n')
  const name = /filename="([^"]*)"/.exec(body.slice(0, headEnd))?.[1]
  return name === undefined ? null : { name, text: body.slice(headEnd + 4, body.indexOf(`\r\n${boundary}`, headEnd)) }
}

export function parse(text) {
  const [head, ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  const columns = head.split(',')
  const missing = required.find((column) => !columns.includes(column))
  if (missing) return { missing }
  const rows = []
  const errors = []
  lines.forEach((line, index) => {
    if (line === '') return
    const cells = line.split(',')
    const row = Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? '']))
    const wrong = numbers.find((column) => !(column === 'nps_score' && row[column] === '') && (row[column] === '' || Number.isNaN(Number(row[column]))))
    if (wrong) {
      errors.push({ line: index + 2, column: wrong, code: 'not_a_number', message: `"${row[wrong]}" is not a number` })
    } else if (!/^\d{4}-\d\d-\d\d$/.test(row.date)) {
      errors.push({ line: index + 2, column: 'date', code: 'not_a_date', message: `"${row.date}" is not a day such as 2024-10-03` })
    } else {
      for (const column of numbers) row[column] = row[column] === '' ? null : Number(row[column])
      rows.push(row)
    }
  })
  return { rows, errors, read: rows.length + errors.length }
}
