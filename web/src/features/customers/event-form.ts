import type { AttributeValue, EventAttribute, EventDraft, EventType } from '@/shared/api/event'
import { formatDecimal } from '@/shared/model/format'

/** What a form for an attribute looks like. */
export type Control = 'text' | 'number' | 'choice' | 'yes-no'

export function controlOf(attribute: EventAttribute): Control {
  if (attribute.type === 'boolean') return 'yes-no'
  if (attribute.choices.length > 0) return 'choice'
  return attribute.type === 'number' ? 'number' : 'text'
}

const plain = (value: number) => formatDecimal(value, Number.isInteger(value) ? 0 : 2)

/** What is allowed, in words; nothing where everything is. */
export function rangeHint({ above, minimum, maximum }: EventAttribute): string | undefined {
  if (above !== null && maximum !== null) return `Above ${plain(above)}, at most ${plain(maximum)}`
  if (above !== null) return `Above ${plain(above)}`
  if (minimum !== null && maximum !== null) return `${plain(minimum)} to ${plain(maximum)}`
  if (minimum !== null) return `At least ${plain(minimum)}`
  return maximum === null ? undefined : `At most ${plain(maximum)}`
}

/** Required ones first, in the order of the type otherwise. */
export function orderedAttributes(type: EventType): EventAttribute[] {
  return [...type.attributes.filter((attribute) => attribute.required), ...type.attributes.filter((attribute) => !attribute.required)]
}

/** What is wrong with a value as it was typed. */
export function mistakeIn(attribute: EventAttribute, text: string): string | undefined {
  const { required, type, above, minimum, maximum, choices } = attribute
  if (text.trim() === '') return required ? 'is required' : undefined
  if (choices.length > 0 && !choices.includes(text)) return `must be one of ${choices.join(', ')}`
  if (type !== 'number') return undefined
  const value = Number(text)
  if (!Number.isFinite(value)) return 'must be a number'
  if (above !== null && value <= above) return `must be above ${plain(above)}`
  if (minimum !== null && value < minimum) return `must be at least ${plain(minimum)}`
  if (maximum !== null && value > maximum) return `must be at most ${plain(maximum)}`
  return undefined
}

export type EventMistakes = Record<string, string>

export function mistakesInForm(type: EventType, form: Record<string, string>): EventMistakes {
  return Object.fromEntries(
    type.attributes.flatMap((attribute) => {
      const mistake = mistakeIn(attribute, form[attribute.name] ?? '')
      return mistake ? [[attribute.name, mistake]] : []
    }),
  )
}

function valueOf({ type }: EventAttribute, text: string): AttributeValue {
  if (type === 'number') return Number(text)
  return type === 'boolean' ? text === 'true' : text.trim()
}

/** What is sent: attributes that were left empty are not. `when` is local time as a datetime field gives it. */
export function toEventDraft(type: EventType, form: Record<string, string>, when: string): EventDraft {
  const given = type.attributes.filter(({ name }) => (form[name] ?? '').trim() !== '')
  return {
    event_type: type.name,
    event_data: Object.fromEntries(given.map((attribute) => [attribute.name, valueOf(attribute, form[attribute.name] ?? '')])),
    ...(when ? { timestamp: new Date(when).toISOString() } : {}),
  }
}

/** An event's data in one line. */
export function summarise(data: Record<string, unknown>): string {
  return Object.entries(data)
    .map(([name, value]) => `${name} ${typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)}`)
    .join(' · ')
}
