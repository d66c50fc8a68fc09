import type { FieldMistake } from '@/shared/api/api-error'
import type { ScorecardDraft } from '@/shared/api/scorecard'
import { mistakeAt } from '@/shared/model/mistakes'
import { Card } from '@/shared/ui/card'
import { NumberInput } from '@/shared/ui/number-input'

interface BandsEditorProps {
  draft: ScorecardDraft
  mistakes: readonly FieldMistake[]
  onChange: (change: Partial<ScorecardDraft>) => void
}

/** What a score is called, and how much has to be known for that. */
export function BandsEditor({ draft, mistakes, onChange }: BandsEditorProps) {
  const { bands, minimum_coverage } = draft
  const wrong = {
    healthy: mistakeAt(mistakes, 'bands/healthy_from') ?? mistakeAt(mistakes, 'bands'),
    atRisk: mistakeAt(mistakes, 'bands/at_risk_from'),
    coverage: mistakeAt(mistakes, 'minimum_coverage'),
  }
  const low = Math.min(Math.max(bands.at_risk_from || 0, 0), 100)
  const high = Math.min(Math.max(bands.healthy_from || 0, low), 100)
  return (
    <Card title="Bands">
      <div aria-hidden className="mb-4 flex h-3 gap-px overflow-hidden rounded-full">
        <span className="bg-critical" style={{ width: `${low}%` }} />
        <span className="bg-at-risk" style={{ width: `${high - low}%` }} />
        <span className="flex-1 bg-healthy" />
      </div>
      <div className="grid gap-3 sm:grid-cols-3">
        <Limit name="Healthy from" note="this score" mistake={wrong.healthy}>
          <NumberInput label="Healthy from" value={bands.healthy_from} min={0} max={100} invalid={wrong.healthy !== undefined} onChange={(healthy_from) => onChange({ bands: { ...bands, healthy_from } })} className="w-20" />
        </Limit>
        <Limit name="At risk from" note="critical below" mistake={wrong.atRisk}>
          <NumberInput label="At risk from" value={bands.at_risk_from} min={0} max={100} invalid={wrong.atRisk !== undefined} onChange={(at_risk_from) => onChange({ bands: { ...bands, at_risk_from } })} className="w-20" />
        </Limit>
        <Limit name="Minimum coverage" note="% of the weight with data; below, nothing is judged" mistake={wrong.coverage}>
          <NumberInput
            label="Minimum coverage in percent"
            value={Number.isNaN(minimum_coverage) ? minimum_coverage : Number((minimum_coverage * 100).toPrecision(6))}
            min={0}
            max={100}
            invalid={wrong.coverage !== undefined}
            onChange={(percent) => onChange({ minimum_coverage: percent / 100 })}
            className="w-20"
          />
        </Limit>
      </div>
    </Card>
  )
}

function Limit({ name, note, mistake, children }: { name: string; note: string; mistake: string | undefined; children: React.ReactNode }) {
  return (
    <div>
      <span className="mb-1 block text-xs font-medium text-ink-soft">{name}</span>
      <span className="flex items-center gap-2 text-xs text-ink-faint">
        {children}
        {note}
      </span>
      {mistake && <span className="mt-1 block text-xs font-medium text-critical-ink">{mistake}</span>}
    </div>
  )
}
