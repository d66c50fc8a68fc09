import { useId, useState } from 'react'

import { ErrorState } from '@/shared/ui/error-state'
import { Card } from '@/shared/ui/card'
import { Button } from '@/shared/ui/button'

import { DropZone } from './drop-zone'
import { ImportProgress } from './import-progress'
import { ImportResult } from './import-result'
import { useImport } from './use-import'

export function ImportCard() {
  const { state, start, reset } = useImport()
  const [dryRun, setDryRun] = useState(false)
  const dryRunId = useId()
  const busy = state.phase === 'uploading' || state.phase === 'reading'

  return (
    <Card title="Import a CSV file" hint="One row per account and day; rows that cannot be read are reported, the others are stored">
      {!busy && <DropZone onFile={(file) => start({ file, dryRun })} compact={state.phase !== 'idle'} />}
      {!busy && (
        <div className="mt-4 flex items-start gap-2.5">
          <input
            id={dryRunId}
            type="checkbox"
            className="mt-0.5 size-4 accent-[rgb(var(--brand))]"
            checked={dryRun}
            onChange={(event) => setDryRun(event.target.checked)}
          />
          <label htmlFor={dryRunId} className="cursor-pointer">
            <span className="block font-medium">Dry run</span>
            <span className="block text-xs text-ink-faint">Check the file and count, but store nothing.</span>
          </label>
        </div>
      )}
      <div aria-live="polite">
        {busy && <ImportProgress state={state} />}
        {state.phase === 'done' && (
          <ImportResult
            result={state.result}
            upload={state.upload}
            again={() => start({ ...state.upload, dryRun: false })}
          />
        )}
        {state.phase === 'failed' && (
          <div className="mt-4 rounded-xl border border-line">
            <ErrorState title={`${state.upload.file.name} was not imported`} error={state.error} retry={() => start(state.upload)} />
          </div>
        )}
      </div>
      {(state.phase === 'done' || state.phase === 'failed') && (
        <div className="mt-4">
          <Button onClick={reset}>Close</Button>
        </div>
      )}
    </Card>
  )
}
