import type { AttributeType, EventAttribute } from '@/shared/api/event'

export const attributeTypes: readonly { value: AttributeType; label: string }[] = [
  { value: 'string', label: 'Text' },
  { value: 'number', label: 'Number' },
  { value: 'boolean', label: 'Yes or no' },
]

export const newAttribute = (): EventAttribute => ({ name: '', type: 'string', required: false, above: null, minimum: null, maximum: null, choices: [] })

/** The attribute with another type; limits of numbers and choices of texts go with theirs. */
export function changeType(attribute: EventAttribute, type: AttributeType): EventAttribute {
  const limits = type === 'number' ? {} : { above: null, minimum: null, maximum: null }
  return { ...attribute, type, ...limits, choices: type === 'string' ? attribute.choices : [] }
}

/** "low, medium,  high" as a list. */
export function parseChoices(text: string): string[] {
  return [...new Set(text.split(',').map((choice) => choice.trim()).filter(Boolean))]
}
