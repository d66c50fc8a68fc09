/** Ascending first; pressed again, descending. */
export function nextSort<Field extends string>(current: string, field: Field): Field | `-${Field}` {
  return current === field ? `-${field}` : field
}
