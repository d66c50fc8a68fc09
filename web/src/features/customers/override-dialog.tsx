import { useState, type FormEvent } from 'react'

import type { CustomerHealth } from '@/shared/api/health'
import { formatDay, formatScore } from '@/shared/model/format'
import { mistakeAt, mistakesOf } from '@/shared/model/mistakes'
import { daysBefore, todayUtc } from '@/shared/model/relative-time'
import { Button } from '@/shared/ui/button'
import { Dialog } from '@/shared/ui/dialog'
import { FormError, TextField } from '@/shared/ui/form-field'

import { useOverrideList } from './requests/list-overrides'
import { useSetOverride } from './requests/set-override'

interface OverrideDialogProps {
  id: number
  health: CustomerHealth | undefined
  onClose: () => void
}

/** A person's score instead of the calculated one, for a time and with a reason. */
export function OverrideDialog({ id, health, onClose }: OverrideDialogProps) {
  const current = health?.override
  const [score, setScore] = useState(current ? String(current.score) : '')
  const [reason, setReason] = useState(current?.reason ?? '')
  const [expires, setExpires] = useState(current?.expires_at.slice(0, 10) ?? daysBefore(todayUtc(), -30))
  const save = useSetOverride(id)
  const mistakes = mistakesOf(save.error)

  function submit(event: FormEvent) {
    event.preventDefault()
    save.mutate({ score: Number(score), reason: reason.trim(), ...(expires && { expires_at: `${expires}T00:00:00Z` }) }, { onSuccess: onClose })
  }

  return (
    <Dialog title="Set the score by hand" hint="The calculated score stays beside it and returns when this ends" onClose={onClose}>
      <form onSubmit={submit} className="grid gap-4 sm:grid-cols-2">
        <TextField label="Score" type="number" required min={0} max={100} step="any" value={score} onChange={setScore} mistake={mistakeAt(mistakes, 'score')} hint={`0 to 100; calculated: ${formatScore(health?.computed_score ?? null)}`} />
        <TextField label="Until" type="date" required min={daysBefore(todayUtc(), -1)} max={daysBefore(todayUtc(), -365)} value={expires} onChange={setExpires} mistake={mistakeAt(mistakes, 'expires_at')} hint="The first day on which it no longer holds" />
        <TextField label="Reason" required maxLength={2000} className="sm:col-span-2" value={reason} onChange={setReason} mistake={mistakeAt(mistakes, 'reason')} />
        <div className="flex flex-col gap-3 sm:col-span-2">
          <FormError error={save.error} />
          <div className="flex flex-wrap justify-end gap-2">
            {current && (
              <Button className="mr-auto" disabled={save.isPending} onClick={() => save.mutate(null, { onSuccess: onClose })}>
                Remove override
              </Button>
            )}
            <Button onClick={onClose}>Cancel</Button>
            <Button weight="primary" type="submit" disabled={save.isPending}>
              Save
            </Button>
          </div>
        </div>
      </form>
      <Past id={id} />
    </Dialog>
  )
}

function Past({ id }: { id: number }) {
  const list = useOverrideList(id).data ?? []
  if (list.length === 0) return null
  return (
    <details className="mt-4 text-xs">
      <summary className="cursor-pointer rounded font-medium text-ink-soft">Overrides so far ({list.length})</summary>
      <ul className="mt-2 space-y-1.5">
        {list.map((entry) => (
          <li key={entry.id} className="text-ink-soft">
            <span className="number font-semibold text-ink">{formatScore(entry.score)}</span> by {entry.author || 'an unknown person'}, {formatDay(entry.created_at)} to{' '}
            {formatDay(entry.removed_at ?? entry.expires_at)}
            {entry.removed_at && ' (removed)'}: {entry.reason}
          </li>
        ))}
      </ul>
    </details>
  )
}
