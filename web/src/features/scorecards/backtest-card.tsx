import { FlaskConical } from 'lucide-react'
import { useState, type ReactNode } from 'react'

import type { Backtest } from '@/shared/api/scorecard'
import { bucketTone, statusBucket, toneClasses } from '@/shared/model/buckets'
import { factorTitle } from '@/shared/model/factor-text'
import { formatCount, formatDay, formatDecimal, formatShare, noValue, plural } from '@/shared/model/format'
import { BucketIcon } from '@/shared/ui/bucket-badge'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { FormError } from '@/shared/ui/form-field'
import { NumberInput } from '@/shared/ui/number-input'

import { useBacktestScorecard } from './requests/backtest-scorecard'

interface BacktestCardProps {
  name: string
  /** Takes suggested weights, by factor, into the draft. */
  onWeights: (weights: Record<string, number>) => void
}

/** Whether the saved scorecard would have told who leaves. */
export function BacktestCard({ name, onWeights }: BacktestCardProps) {
  const [horizonDays, setHorizonDays] = useState(90)
  const backtest = useBacktestScorecard()
  return (
    <Card
      title="Backtest"
      hint="Does the saved version tell who leaves?"
      action={
        <span className="flex items-center gap-2 text-xs text-ink-soft">
          within
          <NumberInput label="Days ahead" value={horizonDays} min={1} max={730} onChange={setHorizonDays} className="w-16" />
          days
          <Button disabled={backtest.isPending || !(horizonDays > 0)} onClick={() => backtest.mutate({ name, horizonDays })}>
            <FlaskConical aria-hidden className="size-4" />
            {backtest.isPending ? 'Running…' : 'Run'}
          </Button>
        </span>
      }
    >
      <FormError error={backtest.error} />
      {!backtest.data && !backtest.error && <p className="text-xs text-ink-soft">Replays the scorecard over the stored history and compares its scores with who left afterwards.</p>}
      {backtest.data && <Result backtest={backtest.data} onWeights={onWeights} />}
    </Card>
  )
}

function Result({ backtest, onWeights }: { backtest: Backtest; onWeights: BacktestCardProps['onWeights'] }) {
  const suggested = backtest.factors.flatMap(({ factor, suggested_weight }) => (suggested_weight === null ? [] : [[factor, suggested_weight] as const]))
  return (
    <div className="space-y-4 text-xs" data-testid="backtest">
      <p className={`rounded-lg px-3 py-2 font-medium ${backtest.enough_data ? 'bg-brand-soft text-brand-ink' : 'bg-insufficient-soft text-insufficient-ink'}`}>{backtest.verdict}</p>
      {backtest.observations > 0 && <Numbers backtest={backtest} />}
      {suggested.length > 0 && <Button onClick={() => onWeights(Object.fromEntries(suggested))}>Try the suggested weights</Button>}
    </div>
  )
}

function Numbers({ backtest }: { backtest: Backtest }) {
  return (
    <>
      <dl className="grid grid-cols-3 gap-2">
        <Number name="AUC" hint="0.5 is a coin, 1 is perfect">{backtest.auc === null ? noValue : formatDecimal(backtest.auc)}</Number>
        <Number name="Lift at 10%" hint="How much more often the lowest tenth left">{backtest.lift_at_10_percent === null ? noValue : `${formatDecimal(backtest.lift_at_10_percent, 1)}×`}</Number>
        <Number name="Lead time" hint="Days between the first critical score and leaving">{backtest.median_lead_time_days === null ? noValue : plural(Math.round(backtest.median_lead_time_days), 'day')}</Number>
      </dl>
      <p className="text-ink-faint">
        {formatDay(backtest.from)} to {formatDay(backtest.until)}: {plural(backtest.observations, 'score')} of {plural(backtest.customers, 'customer')}, {formatCount(backtest.churned)} of whom left within {backtest.horizon_days} days.
      </p>
      <table className="w-full text-left">
        <caption className="pb-1 text-left font-medium text-ink-soft">Who left, by band</caption>
        <tbody>
          {backtest.bands.map((band) => (
            <tr key={band.status} className="border-t border-line/70">
              <th scope="row" className="whitespace-nowrap py-1.5 pr-3 font-normal">
                <span className="inline-flex items-center gap-1.5">
                  <BucketIcon bucket={statusBucket(band.status)} className="size-3.5" />
                  {statusBucket(band.status)}
                </span>
              </th>
              <td className="w-full">
                <span aria-hidden className="block h-2 overflow-hidden rounded-full bg-surface-sunken">
                  <span className={`block h-full rounded-full ${toneClasses[bucketTone(statusBucket(band.status))].bar}`} style={{ width: `${(band.churn_rate ?? 0) * 100}%` }} />
                </span>
              </td>
              <td className="number whitespace-nowrap pl-3 text-right font-semibold">{band.churn_rate === null ? noValue : formatShare(band.churn_rate, 1)}</td>
              <td className="number whitespace-nowrap pl-3 text-right text-ink-faint">
                {formatCount(band.churned)} of {formatCount(band.observations)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {backtest.factors.length > 0 && <Weights factors={backtest.factors} />}
    </>
  )
}

function Number({ name, hint, children }: { name: string; hint: string; children: ReactNode }) {
  return (
    <div className="rounded-lg bg-surface-sunken/60 px-3 py-2" title={hint}>
      <dt className="text-ink-faint">{name}</dt>
      <dd className="number text-lg font-bold">{children}</dd>
    </div>
  )
}

function Weights({ factors }: { factors: Backtest['factors'] }) {
  const sum = factors.reduce((total, { weight }) => total + weight, 0)
  const suggestedSum = factors.reduce((total, { suggested_weight }) => total + (suggested_weight ?? 0), 0)
  const share = (weight: number | null, total: number) => (weight === null || total === 0 ? null : weight / total)
  return (
    <table className="w-full text-left">
      <caption className="pb-1 text-left font-medium text-ink-soft">Weights that history would choose</caption>
      <thead>
        <tr className="text-ink-faint">
          <th scope="col" className="pb-1 font-medium">Factor</th>
          <th scope="col" className="pb-1 text-right font-medium">Now</th>
          <th scope="col" className="pb-1 text-right font-medium">Suggested</th>
          <th scope="col" className="pb-1 text-right font-medium" title="How well the factor alone tells who leaves">AUC</th>
        </tr>
      </thead>
      <tbody>
        {factors.map((entry) => {
          const now = share(entry.weight, sum)
          const then = share(entry.suggested_weight, suggestedSum)
          const differs = now !== null && then !== null && Math.abs(then - now) >= 0.02
          return (
            <tr key={entry.factor} className="border-t border-line/70">
              <th scope="row" className="py-1 font-normal">{factorTitle(entry.factor)}</th>
              <td className="number text-right text-ink-soft">{now === null ? noValue : formatShare(now)}</td>
              <td className={`number text-right font-semibold ${differs ? 'text-brand-ink' : ''}`}>{then === null ? noValue : formatShare(then)}</td>
              <td className="number text-right text-ink-soft">{entry.auc === null ? noValue : formatDecimal(entry.auc)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
