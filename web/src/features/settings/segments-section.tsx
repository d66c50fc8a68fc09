import { Plus, Trash2 } from 'lucide-react'
import { useState, type FormEvent } from 'react'

import type { Segment } from '@/shared/api/customer'
import { useSegmentList } from '@/shared/requests/list-segments'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { ErrorState } from '@/shared/ui/error-state'
import { FormError } from '@/shared/ui/form-field'
import { IconButton } from '@/shared/ui/icon-button'
import { NumberInput } from '@/shared/ui/number-input'
import { SkeletonRows } from '@/shared/ui/skeleton'

import { useRemoveSegment, useSaveSegment } from './requests/save-segment'

/** Stands for every segment that is not listed, so it stays. */
const fallback = 'other'

/** What a segment is expected to do: API usage is measured against it. */
export function SegmentsSection() {
  const segments = useSegmentList()
  return (
    <Card title="Segments" hint="Calls of your API that a customer of the segment is expected to make in 30 days">
      {segments.isPending && <SkeletonRows rows={5} label="Loading segments" />}
      {segments.isError && <ErrorState title="The segments could not be loaded" error={segments.error} retry={() => void segments.refetch()} />}
      {segments.isSuccess && <SegmentsTable segments={segments.data} />}
    </Card>
  )
}

function SegmentsTable({ segments }: { segments: Segment[] }) {
  const remove = useRemoveSegment()
  const save = useSaveSegment()
  return (
    <>
      <FormError error={save.error ?? remove.error} />
      <table className="w-full max-w-2xl text-left">
        <caption className="sr-only">Segments</caption>
        <thead>
          <tr className="border-b border-line text-xs text-ink-faint">
            <th scope="col" className="pb-2 font-medium">Segment</th>
            <th scope="col" className="pb-2 text-right font-medium">Expected calls</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {segments.map((segment) => (
            <SegmentRow
              key={`${segment.folded_name} ${segment.expected_api_calls}`}
              segment={segment}
              onSave={(expected_api_calls) => save.mutate({ name: segment.name, expected_api_calls })}
              {...(segment.folded_name !== fallback && { onRemove: () => window.confirm(`Remove ${segment.name}? Its customers count like “${fallback}”.`) && remove.mutate(segment.name) })}
            />
          ))}
        </tbody>
      </table>
      <NewSegment onSave={(name, expected_api_calls) => save.mutateAsync({ name, expected_api_calls })} />
    </>
  )
}

interface SegmentRowProps {
  segment: Segment
  onSave: (expected: number) => void
  onRemove?: () => void
}

function SegmentRow({ segment, onSave, onRemove }: SegmentRowProps) {
  const [expected, setExpected] = useState(segment.expected_api_calls)
  const changed = expected !== segment.expected_api_calls
  return (
    <tr className="border-b border-line/70 last:border-0">
      <th scope="row" className="py-1.5 font-medium">{segment.name}</th>
      <td className="py-1.5 text-right">
        <NumberInput label={`Expected calls of ${segment.name}`} value={expected} min={0} onChange={setExpected} className="w-28" />
      </td>
      <td className="w-40 py-1.5 pl-3">
        <span className="flex items-center gap-1">
          {changed && (
            <Button disabled={!(expected > 0)} onClick={() => onSave(expected)}>
              Save
            </Button>
          )}
          {!changed && onRemove && <IconButton icon={Trash2} label={`Remove ${segment.name}`} onClick={onRemove} />}
        </span>
      </td>
    </tr>
  )
}

function NewSegment({ onSave }: { onSave: (name: string, expected: number) => Promise<unknown> }) {
  const [name, setName] = useState('')
  const [expected, setExpected] = useState(300)

  function submit(event: FormEvent) {
    event.preventDefault()
    // A refusal is shown above the table, and what was typed stays.
    onSave(name.trim(), expected).then(() => setName(''), () => undefined)
  }

  return (
    <form onSubmit={submit} className="mt-4 flex max-w-2xl flex-wrap items-center gap-2">
      <input aria-label="Name of the new segment" required maxLength={100} placeholder="New segment" className="field min-w-0 flex-1" value={name} onChange={(event) => setName(event.target.value)} />
      <NumberInput label="Expected calls of the new segment" value={expected} min={0} onChange={setExpected} className="w-28" />
      <Button type="submit" disabled={!(expected > 0)}>
        <Plus aria-hidden className="size-4" />
        Add
      </Button>
    </form>
  )
}
