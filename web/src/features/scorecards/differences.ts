import type { ScoreCap, ScorecardDraft, ScorecardFactor } from '@/shared/api/scorecard'
import { factorTitle, inWords } from '@/shared/model/factor-text'
import { formatDecimal, formatShare } from '@/shared/model/format'

import { curveKinds } from './curves'
import { policyLabel } from './policies'
import { sharesOf } from './weights'

const plain = (value: number) => formatDecimal(value, Number.isInteger(value) ? 0 : 2)
const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)
/** Members that only the server fills in are no difference. */
const curveOf = ({ curve: { kind, points, expected, expected_otherwise } }: ScorecardFactor) => ({ kind, points, expected, expected_otherwise })

/** What a version of a scorecard has changed, one sentence each. */
export function differences(before: ScorecardDraft, after: ScorecardDraft): string[] {
  const lines = [...factorDifferences(before.factors, after.factors), ...capDifferences(before.caps, after.caps)]
  const moved = (name: string, one: number, other: number) => one !== other && lines.push(`${name} ${plain(other)} instead of ${plain(one)}.`)
  moved('Healthy begins at', before.bands.healthy_from, after.bands.healthy_from)
  moved('At-risk begins at', before.bands.at_risk_from, after.bands.at_risk_from)
  if (before.minimum_coverage !== after.minimum_coverage) {
    lines.push(`A score needs ${formatShare(after.minimum_coverage)} coverage instead of ${formatShare(before.minimum_coverage)}.`)
  }
  if (before.description !== after.description) lines.push('The description has changed.')
  return lines
}

function factorDifferences(before: readonly ScorecardFactor[], after: readonly ScorecardFactor[]): string[] {
  const share = (factors: readonly ScorecardFactor[], index: number) => sharesOf(factors.map(({ weight }) => weight))[index] ?? 0
  const lines = before.filter(({ factor }) => !after.some((other) => other.factor === factor)).map(({ factor }) => `${factorTitle(factor)} no longer counts.`)
  after.forEach((entry, index) => {
    const title = factorTitle(entry.factor)
    const at = before.findIndex(({ factor }) => factor === entry.factor)
    const old = before[at]
    const now = share(after, index)
    if (!old) {
      lines.push(`${title} counts for ${formatShare(now, 1)}.`)
      return
    }
    const then = share(before, at)
    if (Math.abs(now - then) >= 0.0005) lines.push(`${title} weighs ${formatShare(now, 1)} instead of ${formatShare(then, 1)}.`)
    if (old.missing !== entry.missing) lines.push(`${title} without data: ${policyLabel(entry.missing).toLowerCase()} instead of ${policyLabel(old.missing).toLowerCase()}.`)
    else if (entry.missing === 'carry_forward' && old.half_life_days !== entry.half_life_days) lines.push(`${title} without data fades in ${plain(entry.half_life_days)} days instead of ${plain(old.half_life_days)}.`)
    if (old.curve.kind !== entry.curve.kind) {
      lines.push(`${title} is scored by ${kindLabel(entry)} instead of ${kindLabel(old)}.`)
    } else if (entry.curve.kind !== 'built_in' && !same(curveOf(old), curveOf(entry))) lines.push(`The curve of ${title} has changed.`)
  })
  return lines
}

const kindLabel = (entry: ScorecardFactor) => curveKinds.find(({ value }) => value === entry.curve.kind)?.label.toLowerCase() ?? entry.curve.kind

function capDifferences(before: readonly ScoreCap[], after: readonly ScoreCap[]): string[] {
  const gone = before.filter(({ name }) => !after.some((other) => other.name === name)).map(({ name }) => `The cap “${inWords(name)}” is gone.`)
  const kept = after.flatMap((cap) => {
    const old = before.find(({ name }) => name === cap.name)
    if (!old) return [`A cap “${inWords(cap.name)}”: ${capSentence(cap)}.`]
    return capSentence(old) === capSentence(cap) && old.reason === cap.reason ? [] : [`The cap “${inWords(cap.name)}” now says: ${capSentence(cap)}.`]
  })
  return [...gone, ...kept]
}

/** A cap in words: "at most 40 while coverage < 0.5". */
export function capSentence({ subject, comparison, threshold, maximum, expires }: ScoreCap): string {
  return `at most ${plain(maximum)} while ${subject} ${comparison} ${plain(threshold)}${expires ? `, until ${expires}` : ''}`
}
