import type { ChangeLine, CustomerHealth, FactorHealth, HealthChanges } from '@/shared/api/health'
import type { WaterfallRow } from '@/shared/charts/waterfall-chart'
import { bucketTone, scoreBucket, statusBucket, toneClasses, type Bands } from '@/shared/model/buckets'
import { factorTitle, formatFactorValue, inWords } from '@/shared/model/factor-text'
import { formatChange, formatDay, formatDecimal, formatScore, noValue, roundHalfUp } from '@/shared/model/format'
import { roundToSum } from '@/shared/model/round-to-sum'

/** Whether a factor takes part in the sum: with its own score, or with what its missing policy says. */
const takesPart = (factor: FactorHealth) => factor.score !== null || factor.contribution !== 0

const toneOf = (score: number | null, bands: Bands) => toneClasses[bucketTone(scoreBucket(score, bands))]
const brand = { bar: 'bg-brand', ink: 'text-brand-ink' }
const lowered = { bar: 'bg-critical', ink: 'text-critical-ink' }
const raised = { bar: 'bg-healthy', ink: 'text-healthy-ink' }
const flat = { bar: 'bg-insufficient', ink: 'text-ink-faint' }

/** What a factor without data did to the score, in words. */
export function missingNote(factor: FactorHealth): string {
  const reason = factor.error ?? (factor.description || 'No data yet')
  return `${reason} · ${factor.contribution === 0 ? 'left out' : 'counted by the scorecard’s rule for missing data'}`
}

/**
 * The factors climb to the calculated score; a cap and a person's override are steps of their own behind it.
 * The numbers that are shown add up to the score that is shown.
 */
export function explanationRows(health: CustomerHealth, bands: Bands): WaterfallRow[] {
  if (health.overall_score === null) return []
  const entries = Object.entries(health.factors)
  const weights = entries.filter(([, factor]) => takesPart(factor)).reduce((sum, [, factor]) => sum + factor.weight, 0)
  const shown = roundToSum(entries.map(([, factor]) => factor.contribution), roundHalfUp(health.raw_score ?? 0))
  let reached = 0
  const rows = entries.map(([name, factor], index): WaterfallRow => {
    const from = reached
    reached += factor.contribution
    const possible = takesPart(factor) && weights > 0 ? (factor.weight / weights) * 100 : 0
    const { bar, ink } = factor.score === null ? flat : toneOf(factor.score, bands)
    return {
      key: name,
      label: factorTitle(name),
      note: factor.score === null ? missingNote(factor) : factor.description,
      from,
      to: reached,
      possible: from + possible,
      text: takesPart(factor) ? formatDecimal(shown[index] ?? 0) : noValue,
      bar,
      ink,
    }
  })
  const { cap, override } = health
  const raw = health.raw_score ?? 0
  const computed = raw + (cap?.points ?? 0)
  if (cap || override) rows.push({ key: 'raw', label: 'By the factors', from: 0, to: raw, text: formatScore(raw), total: true, ...toneOf(raw, bands) })
  if (cap) {
    rows.push({ key: 'cap', label: `Cap: ${inWords(cap.name)}`, note: cap.reason, from: raw, to: computed, text: changeBetween(raw, computed), ...lowered })
  }
  if (override) {
    const step = { key: 'override', label: `Set by ${override.author || 'hand'}`, note: override.reason, from: computed, to: health.overall_score }
    rows.push({ ...step, text: changeBetween(computed, health.overall_score), ...brand })
  }
  const { bar, ink } = toneClasses[bucketTone(statusBucket(health.status))]
  rows.push({ key: 'overall', label: 'Health score', from: 0, to: health.overall_score, text: formatScore(health.overall_score), total: true, bar, ink })
  return rows
}

/** The difference of two numbers as they are shown, so that a reader can add up. */
function changeBetween(from: number, to: number): string {
  return formatChange(roundHalfUp(to) - roundHalfUp(from))
}

/** The steps from the score of one day to that of another. */
export function changeRows(changes: HealthChanges): WaterfallRow[] {
  const before = changes.from.overall_score ?? 0
  const after = changes.to.overall_score ?? 0
  const shown = roundToSum(changes.lines.map((line) => line.points), roundHalfUp(roundHalfUp(after) - roundHalfUp(before)))
  const end = ({ date, overall_score, status }: HealthChanges['from'], key: string): WaterfallRow => {
    const { bar, ink } = toneClasses[bucketTone(statusBucket(status))]
    return { key, label: formatDay(date), from: 0, to: overall_score ?? 0, text: formatScore(overall_score), total: true, bar, ink }
  }
  let reached = before
  const steps = changes.lines.map((line, index): WaterfallRow => {
    const from = reached
    reached += line.points
    const points = shown[index] ?? 0
    const look = line.kind === 'override' ? brand : points > 0 ? raised : points < 0 ? lowered : flat
    return { key: `${line.kind} ${line.name}`, label: lineTitle(line), note: lineNote(line), from, to: reached, text: formatChange(points), ...look }
  })
  return [end(changes.from, 'from'), ...steps, end(changes.to, 'to')]
}

const titles: Record<ChangeLine['kind'], (name: string) => string> = {
  factor: factorTitle,
  weights: () => 'Weights and data',
  cap: (name) => (name ? `Cap: ${inWords(name)}` : 'Cap'),
  override: () => 'Set by hand',
}

const lineTitle = (line: ChangeLine) => titles[line.kind](line.name)

function lineNote(line: ChangeLine): string {
  if (line.kind !== 'factor' || line.value_before === null || line.value_after === null) return line.description
  return `${formatFactorValue(line.name, line.value_before)} → ${formatFactorValue(line.name, line.value_after)} · ${line.description}`
}

/** The axis of a change: what its steps touch, with some room. */
export function changeDomain(rows: readonly WaterfallRow[]): [number, number] {
  const touched = rows.flatMap((row) => (row.total ? [row.to] : [row.from, row.to]))
  const low = Math.min(...touched)
  const high = Math.max(...touched)
  const room = Math.max((high - low) * 0.25, 2)
  return [Math.max(Math.floor(low - room), 0), Math.min(Math.ceil(high + room), 100)]
}
