import type { FieldMistake } from '@/shared/api/api-error'
import type { Curve, Factor, ScoreCap, Scorecard, ScorecardDraft, ScorecardFactor } from '@/shared/api/scorecard'

const builtIn: Curve = { kind: 'built_in', points: [], expected: {}, expected_otherwise: 1 }

export const emptyDraft: ScorecardDraft = {
  name: '',
  description: '',
  factors: [],
  bands: { healthy_from: 75, at_risk_from: 50 },
  minimum_coverage: 0.5,
  caps: [],
}

/** What of a stored scorecard can be edited. */
export function toDraft({ name, description, factors, bands, minimum_coverage, caps }: Scorecard): ScorecardDraft {
  return {
    name,
    description,
    // The share is the server's to tell.
    factors: factors.map(({ factor, weight, missing, half_life_days, curve }) => ({ factor, weight, missing, half_life_days, curve: { ...builtIn, ...curve } })),
    bands,
    minimum_coverage,
    caps,
  }
}

/** A factor as it joins a scorecard: with its usual share of the whole. */
export function newFactor(factor: Factor, factors: readonly ScorecardFactor[]): ScorecardFactor {
  const sum = factors.reduce((total, { weight }) => total + (weight > 0 ? weight : 0), 0)
  const share = Math.min(Math.max(factor.default_weight / 100, 0.01), 0.9)
  const weight = sum > 0 ? Number(((share / (1 - share)) * sum).toPrecision(3)) : factor.default_weight
  return { factor: factor.name, weight, missing: 'exclude', half_life_days: 30, curve: builtIn }
}

export function newCap(caps: readonly ScoreCap[]): ScoreCap {
  return { name: `cap_${caps.length + 1}`, reason: '', subject: 'days_since_last_activity', comparison: '>=', threshold: 30, maximum: 40, expires: null }
}

/** The facts that a cap may look at, besides those of the factors. */
export const capFacts = ['oldest_urgent_ticket_days', 'open_urgent_tickets', 'days_since_last_activity', 'coverage'] as const

export function capSubjects(factors: readonly ScorecardFactor[]): string[] {
  return [...capFacts, ...factors.flatMap(({ factor }) => [`${factor}.score`, `${factor}.value`])]
}

/** Pointers into the scorecard, also where the server has found it inside a larger body. */
export function scorecardMistakes(mistakes: readonly FieldMistake[]): FieldMistake[] {
  return mistakes.map(({ pointer, message }) => ({ pointer: pointer.replace(/^\/?scorecard(?=\/)/, ''), message }))
}
