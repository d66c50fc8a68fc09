import type { components } from './schema'

type Schemas = components['schemas']

export type Scorecard = Schemas['Scorecard']
export type Factor = Schemas['Factor']
export type MissingPolicy = Schemas['MissingPolicy']
export type CurveKind = Schemas['Curve']['kind']
export type CurvePoint = Required<Schemas['Curve']>['points'][number]
/** With nothing left to a default, so that it can be edited. */
export type Curve = Required<Schemas['Curve']>
export type ScoreCap = Schemas['ScoreCap']
export type Comparison = ScoreCap['comparison']

export type ScorecardFactor = Omit<Scorecard['factors'][number], 'share' | 'curve'> & { curve: Curve }

/** What a person writes of a scorecard. */
export interface ScorecardDraft extends Pick<Scorecard, 'name' | 'description' | 'bands' | 'minimum_coverage' | 'caps'> {
  factors: ScorecardFactor[]
}

export type AssignmentRule = Required<Schemas['AssignmentRules']['rules'][number]>
export type RuleCondition = AssignmentRule['conditions'][number]

export type StatusCounts = Schemas['StatusCounts']
export type ScorecardPreview = Schemas['ScorecardPreviewAnswer']['data']
export type Backtest = Schemas['BacktestAnswer']['data']
