/** Maps a domain onto a range in a straight line; a domain without extent maps to the middle. */
export function linearScale([from, to]: [number, number], [start, end]: [number, number]) {
  return (value: number): number => (to === from ? (start + end) / 2 : start + ((value - from) / (to - from)) * (end - start))
}

/** Three to six round numbers that cover the domain. */
export function niceTicks(from: number, to: number): number[] {
  if (to <= from) return [from]
  const rough = (to - from) / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough) ?? rough
  const first = Math.floor(from / step)
  const last = Math.ceil(to / step)
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)))
}
