import { Plus } from 'lucide-react'

import type { FieldMistake } from '@/shared/api/api-error'
import type { ScorecardFactor } from '@/shared/api/scorecard'
import { factorTitle } from '@/shared/model/factor-text'
import { plural } from '@/shared/model/format'
import { mistakeAt } from '@/shared/model/mistakes'
import { Card } from '@/shared/ui/card'
import { ErrorState } from '@/shared/ui/error-state'

import { newFactor } from './draft'
import { FactorEditor } from './factor-editor'
import { WeightBar } from './weight-bar'
import { sharesOf, weightFill, weightForShare } from './weights'
import { useFactorList } from './requests/list-factors'

interface FactorsEditorProps {
  factors: ScorecardFactor[]
  mistakes: readonly FieldMistake[]
  onChange: (factors: ScorecardFactor[]) => void
}

/** Which factors count how much. */
export function FactorsEditor({ factors, mistakes, onChange }: FactorsEditorProps) {
  const known = useFactorList()
  const weights = factors.map(({ weight }) => weight)
  const shares = sharesOf(weights)
  const unused = known.data?.filter(({ name }) => !factors.some(({ factor }) => factor === name)) ?? []
  const wrong = mistakeAt(mistakes, 'factors')
  const replace = (index: number, entry: ScorecardFactor) => onChange(factors.map((old, at) => (at === index ? entry : old)))

  return (
    <Card title="Factors" hint={`${plural(factors.length, 'factor')}; weights are shares of the whole, whatever they add up to`}>
      <WeightBar factors={factors} />
      {wrong && <p className="mt-2 text-xs font-medium text-critical-ink">Factors: {wrong}</p>}
      <ul className="mt-3 divide-y divide-line/70">
        {factors.map((entry, index) => (
          <li key={entry.factor}>
            <FactorEditor
              entry={entry}
              about={known.data?.find(({ name }) => name === entry.factor)}
              unknown={known.isSuccess}
              share={shares[index] ?? 0}
              fill={weightFill(index)}
              alone={factors.length === 1}
              mistakeAt={(path) => mistakeAt(mistakes, `factors/${index}${path && `/${path}`}`)}
              onShare={(share) => replace(index, { ...entry, weight: weightForShare(weights, index, share) })}
              onChange={(next) => replace(index, next)}
              onRemove={() => onChange(factors.filter((_, at) => at !== index))}
            />
          </li>
        ))}
      </ul>
      {known.isError && <ErrorState title="The factors could not be loaded" error={known.error} retry={() => void known.refetch()} />}
      {unused.length > 0 && (
        <label className="mt-3 flex flex-wrap items-center gap-2 text-xs text-ink-soft">
          <Plus aria-hidden className="size-4" />
          Add a factor
          <select
            className="field min-w-0 max-w-full flex-1 pr-8"
            value=""
            onChange={(event) => {
              const factor = unused.find(({ name }) => name === event.target.value)
              if (factor) onChange([...factors, newFactor(factor, factors)])
            }}
          >
            <option value="">Choose…</option>
            {unused.map((factor) => (
              <option key={factor.name} value={factor.name}>
                {factorTitle(factor.name)}: {factor.summary}
                {factor.plugin ? ` (${factor.plugin})` : ''}
              </option>
            ))}
          </select>
        </label>
      )}
    </Card>
  )
}
