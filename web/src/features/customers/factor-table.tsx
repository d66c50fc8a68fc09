import { ChevronRight } from 'lucide-react'
import { Fragment, useState } from 'react'

import type { FactorHealth } from '@/shared/api/health'
import { scoreBucket, type Bands } from '@/shared/model/buckets'
import { factorTitle, formatFactorValue } from '@/shared/model/factor-text'
import { formatDecimal, formatShare, noValue } from '@/shared/model/format'
import { Card } from '@/shared/ui/card'
import { ScoreBar } from '@/shared/ui/score-bar'
import { TrendMark } from '@/shared/ui/trend-mark'

import { missingNote } from './explanation'
import { detailsOf } from './factor-details'

export function FactorTable({ factors, bands }: { factors: Record<string, FactorHealth>; bands: Bands }) {
  const entries = Object.entries(factors)
  const weights = entries.reduce((sum, [, factor]) => sum + factor.weight, 0)
  return (
    <Card title="Factors">
      <table className="w-full text-left">
        <caption className="sr-only">Factors of the score</caption>
        <thead>
          <tr className="border-b border-line text-xs text-ink-faint">
            <th scope="col" className="pb-2 font-medium">Factor</th>
            <th scope="col" className="hidden pb-2 font-medium md:table-cell">Value</th>
            <th scope="col" className="pb-2 pl-3 font-medium">Score</th>
            <th scope="col" className="hidden pb-2 pl-4 font-medium sm:table-cell">Trend</th>
            <th scope="col" className="hidden pb-2 text-right font-medium sm:table-cell">Weight</th>
            <th scope="col" className="pb-2 pl-3 text-right font-medium">Points</th>
          </tr>
        </thead>
        <tbody>
          {entries.map(([name, factor]) => (
            <FactorRows key={name} name={name} factor={factor} bands={bands} share={weights > 0 ? factor.weight / weights : 0} />
          ))}
        </tbody>
      </table>
    </Card>
  )
}

function FactorRows({ name, factor, bands, share }: { name: string; factor: FactorHealth; bands: Bands; share: number }) {
  const [open, setOpen] = useState(false)
  const details = detailsOf(factor)
  const missing = factor.score === null
  const id = `factor-${name}`
  return (
    <Fragment>
      <tr className={open ? '' : 'border-b border-line/70'}>
        <th scope="row" className="w-full max-w-0 py-2 pr-2 font-normal sm:w-2/5">
          <button
            type="button"
            aria-expanded={open}
            aria-controls={id}
            onClick={() => setOpen(!open)}
            className="flex w-full min-w-0 items-start gap-1 rounded-md text-left hover:text-brand-ink"
          >
            <ChevronRight aria-hidden className={`mt-0.5 size-4 shrink-0 text-ink-faint transition-transform ${open ? 'rotate-90' : ''}`} />
            <span className="min-w-0">
              <span className="block truncate font-medium">{factorTitle(name)}</span>
              <span className="block truncate text-xs text-ink-faint">{missing ? missingNote(factor) : factor.description}</span>
            </span>
          </button>
        </th>
        <td className="number hidden text-ink-soft md:table-cell">
          <span className="block max-w-44 truncate" title={formatFactorValue(name, factor.value, factor.unit)}>
            {formatFactorValue(name, factor.value, factor.unit)}
          </span>
        </td>
        <td className="pl-3 sm:w-36">{missing ? <span className="text-xs text-insufficient-ink">No data</span> : <ScoreBar score={factor.score} bucket={scoreBucket(factor.score, bands)} className="w-full" />}</td>
        <td className="hidden pl-4 sm:table-cell">{factor.trend ? <TrendMark direction={factor.trend} /> : <span className="text-ink-faint">{noValue}</span>}</td>
        <td className="number hidden text-right text-ink-soft sm:table-cell">{formatShare(share)}</td>
        <td className="number pl-3 text-right font-semibold">{missing && factor.contribution === 0 ? noValue : formatDecimal(factor.contribution)}</td>
      </tr>
      {open && (
        <tr className="border-b border-line/70">
          <td colSpan={6} id={id} className="pb-3 pl-5">
            <p className="text-xs text-ink-soft">{missing ? missingNote(factor) : factor.description}</p>
            {details.length > 0 && (
              <dl className="mt-2 grid gap-x-6 gap-y-1 text-xs sm:grid-cols-2">
                {details.map((detail) => (
                  <div key={detail.name} className="flex justify-between gap-4 border-b border-dashed border-line/70 py-0.5">
                    <dt className="text-ink-faint">{detail.name}</dt>
                    <dd className="number break-all text-right font-medium">{detail.text}</dd>
                  </div>
                ))}
              </dl>
            )}
          </td>
        </tr>
      )}
    </Fragment>
  )
}
