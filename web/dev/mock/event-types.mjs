const attribute = (name, type, required = false, rest = {}) => ({ name, type, required, above: null, minimum: null, maximum: null, choices: [], ...rest })
const type = (name, description, attributes) => ({ name, description, built_in: true, attributes })

export const builtInEventTypes = () => [
  type('api_call', 'A call of your API', [attribute('endpoint', 'string', true), attribute('method', 'string'), attribute('status_code', 'number', false, { minimum: 100, maximum: 599 }), attribute('response_time', 'number', false, { minimum: 0 })]),
  type('feature_use', 'A feature was used', [attribute('feature_name', 'string', true), attribute('usage_duration', 'number', false, { minimum: 0 }), attribute('feature_category', 'string'), attribute('advanced', 'boolean')]),
  type('login', 'Somebody signed in', [attribute('ip_address', 'string', true), attribute('user_agent', 'string'), attribute('session_duration', 'number', false, { minimum: 0 }), attribute('user', 'string')]),
  type('logout', 'Somebody signed out', [attribute('user', 'string')]),
  type('note', 'Something worth remembering', [attribute('text', 'string')]),
  type('nps_response', 'An answer to the question of how likely one is to recommend you', [attribute('score', 'number', true, { minimum: 0, maximum: 10 })]),
  type('page_view', 'A page was looked at', [attribute('path', 'string')]),
  type('payment', 'A payment, made or due', [attribute('amount', 'number', true, { above: 0 }), attribute('currency', 'string'), attribute('status', 'string', false, { choices: ['paid_on_time', 'completed', 'paid', 'succeeded', 'paid_late', 'pending', 'failed', 'overdue'] }), attribute('days_late', 'number', false, { minimum: 0 }), attribute('outstanding_balance', 'number', false, { minimum: 0 })]),
  type('subscription_change', 'The plan or what is paid for it changed', [attribute('plan', 'string'), attribute('mrr', 'number', false, { minimum: 0 }), attribute('status', 'string')]),
  type('support_ticket', 'A support ticket was opened or changed', [attribute('ticket_id', 'string'), attribute('priority', 'string', false, { choices: ['low', 'medium', 'high', 'urgent', 'critical'] }), attribute('status', 'string', false, { choices: ['open', 'in_progress', 'resolved'] }), attribute('satisfaction', 'number', false, { minimum: 1, maximum: 5 }), attribute('resolution_time', 'number', false, { minimum: 0 })]),
]

/** What is wrong with an event's attributes, as `{pointer, message}`. */
export function mistakesIn(known, data) {
  return known.attributes.flatMap(({ name, type: kind, required, above, minimum, maximum, choices }) => {
    const value = data[name]
    const say = (message) => [{ pointer: `/event_data/${name}`, message }]
    if (value === undefined || value === null || value === '') return required ? say('is required') : []
    if (typeof value !== kind) return say(`must be a ${kind}`)
    if (above !== null && !(value > above)) return say(`must be greater than ${above}`)
    if (minimum !== null && value < minimum) return say(`must be at least ${minimum}`)
    if (maximum !== null && value > maximum) return say(`must be at most ${maximum}`)
    if (choices.length > 0 && !choices.includes(String(value).toLowerCase())) return say(`must be one of ${choices.join(', ')}`)
    return []
  })
}
