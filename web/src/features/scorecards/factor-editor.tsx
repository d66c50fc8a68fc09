import { ChevronRight, Trash2 } from 'lucide-react'
import { useId, useState } from 'react'

import type { Factor, MissingPolicy, ScorecardFactor } from '@/shared/api/scorecard'
import { factorTitle } from '@/shared/model/factor-text'
import { formatShare } from '@/shared/model/format'
import { IconButton } from '@/shared/ui/icon-button'
import { NumberInput } from '@/shared/ui/number-input'

import { CurveEditor } from './curve-editor'
import { policies } from './policies'

interface FactorEditorProps {
  entry: ScorecardFactor
  about: Factor | undefined
  /** Whether the known factors are loaded, so that a missing one is unknown indeed. */
  unknown: boolean
  share: number
  fill: string
  alone: boolean
  mistakeAt: (path: string) => string | undefined
  onShare: (share: number) => void
  onChange: (entry: ScorecardFactor) => void
  onRemove: () => void
}

export function FactorEditor({ entry, about, unknown, share, fill, alone, mistakeAt, onShare, onChange, onRemove }: FactorEditorProps) {
  const curveMistakes = ['curve', 'curve/points', 'curve/kind', 'curve/expected'].map(mistakeAt).find(Boolean)
  const pointMistake = entry.curve.points.some((_, at) => ['', '/value', '/score'].some((member) => mistakeAt(`curve/points/${at}${member}`)))
  const [opened, setOpened] = useState(false)
  const open = opened || curveMistakes !== undefined || pointMistake
  const id = useId()
  const title = factorTitle(entry.factor)
  const mistakes = ['', 'factor', 'weight', 'missing', 'half_life_days'].map(mistakeAt).filter((text) => text !== undefined)
  return (
    <div className="py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <button type="button" aria-expanded={open} aria-controls={id} onClick={() => setOpened(!open)} className="flex min-w-0 flex-1 basis-full items-start sm:basis-40 gap-1.5 rounded-md text-left hover:text-brand-ink">
          <ChevronRight aria-hidden className={`mt-0.5 size-4 shrink-0 text-ink-faint transition-transform ${open ? 'rotate-90' : ''}`} />
          <span className="min-w-0">
            <span className="flex items-center gap-2 font-medium">
              <span aria-hidden className={`size-2.5 shrink-0 rounded-sm ${fill}`} />
              <span className="truncate">{title}</span>
            </span>
            <span className="block truncate text-xs text-ink-faint" title={about?.summary}>
              {about?.summary ?? (unknown ? 'No such factor is loaded' : '')}
            </span>
          </span>
        </button>
        <input
          type="range"
          aria-label={`Share of ${title}`}
          aria-valuetext={formatShare(share, 1)}
          min={1}
          max={99}
          step={1}
          disabled={alone}
          value={Math.round(share * 100)}
          onChange={(event) => onShare(Number(event.target.value) / 100)}
          className="h-2 min-w-24 flex-1 basis-24 accent-brand"
        />
        <span className="number w-12 text-right font-semibold">{formatShare(share, 1)}</span>
        <NumberInput label={`Weight of ${title}`} value={entry.weight} min={0} invalid={mistakeAt('weight') !== undefined} onChange={(weight) => onChange({ ...entry, weight })} className="w-20" />
        <IconButton icon={Trash2} label={`Remove ${title}`} onClick={onRemove} />
      </div>
      {mistakes.length > 0 && <p className="ml-6 mt-1 text-xs font-medium text-critical-ink">{mistakes.join('; ')}</p>}
      {open && (
        <div id={id} className="ml-6 mt-3 space-y-3">
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-xs text-ink-soft">
            <label className="flex items-center gap-2">
              Without data
              <select className="field pr-8" value={entry.missing} onChange={(event) => onChange({ ...entry, missing: event.target.value as MissingPolicy })}>
                {policies.map((policy) => (
                  <option key={policy.value} value={policy.value}>
                    {policy.label}
                  </option>
                ))}
              </select>
            </label>
            {entry.missing === 'carry_forward' && (
              <span className="flex items-center gap-2">
                half of it gone after
                <NumberInput label={`Half-life of ${title} in days`} value={entry.half_life_days} min={1} onChange={(half_life_days) => onChange({ ...entry, half_life_days })} className="w-20" />
                days
              </span>
            )}
          </div>
          <CurveEditor title={title} curve={entry.curve} unit={about?.unit ?? ''} mistakeAt={(path) => mistakeAt(`curve${path && `/${path}`}`)} onChange={(curve) => onChange({ ...entry, curve })} />
        </div>
      )}
    </div>
  )
}
