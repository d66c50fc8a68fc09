import { factorTitle } from '@/shared/model/factor-text'
import { formatShare } from '@/shared/model/format'

import { weightSlices, type WeightedFactor } from './weights'

/** The weights as one stacked bar. */
export function WeightBar({ factors, legend = false }: { factors: readonly WeightedFactor[]; legend?: boolean }) {
  const slices = weightSlices(factors)
  const spoken = slices.map(({ factor, share }) => `${factorTitle(factor)} ${formatShare(share)}`).join(', ')
  return (
    <div>
      <div role="img" aria-label={`Weights: ${spoken}`} className="flex h-3 gap-px overflow-hidden rounded-full bg-surface-sunken">
        {slices.map(({ factor, share, fill }) => (
          <span key={factor} title={`${factorTitle(factor)} ${formatShare(share)}`} className={fill} style={{ width: `${share * 100}%` }} />
        ))}
      </div>
      {legend && (
        <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-soft">
          {slices.map(({ factor, share, fill }) => (
            <li key={factor} className="flex items-center gap-1.5">
              <span aria-hidden className={`size-2.5 rounded-sm ${fill}`} />
              {factorTitle(factor)} <span className="number text-ink-faint">{formatShare(share)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
