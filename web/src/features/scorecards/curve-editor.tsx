import { Plus, X } from 'lucide-react'

import type { Curve, CurveKind, CurvePoint } from '@/shared/api/scorecard'
import { useSegmentList } from '@/shared/requests/list-segments'
import { IconButton } from '@/shared/ui/icon-button'
import { NumberInput } from '@/shared/ui/number-input'

import { CurvePicture } from './curve-picture'
import { addPoint, changeKind, curveKinds } from './curves'

interface CurveEditorProps {
  title: string
  curve: Curve
  unit: string
  mistakeAt: (path: string) => string | undefined
  onChange: (curve: Curve) => void
}

/** How a factor's value becomes its score. */
export function CurveEditor({ title, curve, unit, mistakeAt, onChange }: CurveEditorProps) {
  const kind = curveKinds.find(({ value }) => value === curve.kind)
  const wrong = ['', 'kind', 'points', 'expected', 'expected_otherwise'].map(mistakeAt).filter((text) => text !== undefined)
  return (
    <div>
      <div className="flex flex-wrap items-center gap-2 text-xs text-ink-soft">
        <span aria-hidden>Score</span>
        <select aria-label={`Curve of ${title}`} className="field pr-8" value={curve.kind} onChange={(event) => onChange(changeKind(curve, event.target.value as CurveKind))}>
          {curveKinds.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
        <span className="text-ink-faint">{kind?.hint}</span>
      </div>
      {wrong.length > 0 && <p className="mt-1 text-xs font-medium text-critical-ink">{wrong.join('; ')}</p>}
      {curve.kind !== 'built_in' && (
        <div className="mt-3 grid gap-4 sm:grid-cols-[15rem_1fr]">
          <Points title={title} curve={curve} unit={unit} mistakeAt={mistakeAt} onChange={(points) => onChange({ ...curve, points })} />
          <CurvePicture kind={curve.kind} points={curve.points} unit={curve.kind === 'segment_relative' ? 'of what is expected' : unit} />
        </div>
      )}
      {curve.kind === 'segment_relative' && <Expected curve={curve} unit={unit} onChange={onChange} />}
    </div>
  )
}

interface PointsProps {
  title: string
  curve: Curve
  unit: string
  mistakeAt: (path: string) => string | undefined
  onChange: (points: CurvePoint[]) => void
}

function Points({ title, curve, unit, mistakeAt, onChange }: PointsProps) {
  const { points } = curve
  const replace = (index: number, change: Partial<CurvePoint>) => onChange(points.map((point, at) => (at === index ? { ...point, ...change } : point)))
  return (
    <table className="w-full text-left text-xs">
      <caption className="sr-only">Points of the curve of {title}</caption>
      <thead>
        <tr className="text-ink-faint">
          <th scope="col" className="pb-1 font-medium">{curve.kind === 'segment_relative' ? 'Times expected' : unit || 'Value'}</th>
          <th scope="col" className="pb-1 font-medium">Score</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {points.map((point, index) => {
          const wrong = { value: mistakeAt(`points/${index}/value`) ?? mistakeAt(`points/${index}`), score: mistakeAt(`points/${index}/score`) }
          return (
            <tr key={index} className="align-top">
              <td className="pb-1 pr-1">
                <NumberInput label={`Value of point ${index + 1}`} value={point.value} invalid={wrong.value !== undefined} onChange={(value) => replace(index, { value })} className="w-full" />
                {wrong.value && <span className="font-medium text-critical-ink">{wrong.value}</span>}
              </td>
              <td className="pb-1 pr-1">
                <NumberInput label={`Score of point ${index + 1}`} value={point.score} min={0} max={100} invalid={wrong.score !== undefined} onChange={(score) => replace(index, { score })} className="w-full" />
                {wrong.score && <span className="font-medium text-critical-ink">{wrong.score}</span>}
              </td>
              <td>
                <IconButton icon={X} label={`Remove point ${index + 1}`} onClick={() => onChange(points.filter((_, at) => at !== index))} />
              </td>
            </tr>
          )
        })}
        <tr>
          <td colSpan={3}>
            <button type="button" onClick={() => onChange(addPoint(points))} className="inline-flex items-center gap-1 rounded-md font-medium text-brand-ink hover:underline">
              <Plus aria-hidden className="size-3.5" />
              Add a point
            </button>
          </td>
        </tr>
      </tbody>
    </table>
  )
}

/** What each segment is expected to reach; one that is left empty counts like all others. */
function Expected({ curve, unit, onChange }: { curve: Curve; unit: string; onChange: (curve: Curve) => void }) {
  const segments = useSegmentList().data ?? []
  const names = [...new Set([...segments.map((segment) => segment.folded_name), ...Object.keys(curve.expected)])]

  function expect(name: string, value: number) {
    const others = Object.entries(curve.expected).filter(([segment]) => segment !== name)
    onChange({ ...curve, expected: Object.fromEntries(Number.isNaN(value) ? others : [...others, [name, value]]) })
  }

  return (
    <fieldset className="mt-3">
      <legend className="mb-1 text-xs text-ink-faint">Expected {unit && `${unit} `}by segment; empty: as otherwise</legend>
      <div className="grid grid-cols-2 gap-2 sm:grid-cols-3">
        {names.map((name) => (
          <span key={name} className="flex items-center justify-between gap-2 text-xs text-ink-soft">
            {segments.find((segment) => segment.folded_name === name)?.name ?? name}
            <NumberInput optional label={`Expected of ${name}`} value={curve.expected[name] ?? Number.NaN} min={0} onChange={(value) => expect(name, value)} className="w-20" />
          </span>
        ))}
        <span className="flex items-center justify-between gap-2 text-xs font-medium text-ink-soft">
          otherwise
          <NumberInput label="Expected otherwise" value={curve.expected_otherwise} min={0} onChange={(expected_otherwise) => onChange({ ...curve, expected_otherwise })} className="w-20" />
        </span>
      </div>
    </fieldset>
  )
}
