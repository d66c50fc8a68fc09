import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

import { ApiError } from '@/shared/api/api-error'
import type { IngestResult, Job } from '@/shared/api/types'

import { hasEnded, useJob } from './requests/get-job'
import { useIngestCsv, type Upload } from './requests/ingest-csv'

/** Where an import is, from choosing a file to its result. */
export type ImportState =
  | { phase: 'idle' }
  | { phase: 'uploading'; upload: Upload; share: number }
  | { phase: 'reading'; upload: Upload; job: Job | undefined }
  | { phase: 'done'; upload: Upload; result: IngestResult }
  | { phase: 'failed'; upload: Upload; error: Error }

export function useImport() {
  const [share, setShare] = useState(0)
  const ingest = useIngestCsv(setShare)
  const answer = ingest.data
  const job = useJob(answer && 'job_id' in answer ? answer.job_id : undefined)
  const state = describe(ingest, share, job)

  const queries = useQueryClient()
  const { phase } = state
  useEffect(() => {
    if (phase === 'idle' || phase === 'uploading') return
    void queries.invalidateQueries({ queryKey: ['imports'] })
    if (phase === 'reading') return
    // Whatever was shown may have changed; even a failed import may have stored something.
    for (const queryKey of [['accounts'], ['portfolio']]) void queries.invalidateQueries({ queryKey })
  }, [phase, queries])

  function start(upload: Upload) {
    setShare(0)
    ingest.mutate(upload)
  }
  return { state, start, reset: ingest.reset }
}

function describe(ingest: ReturnType<typeof useIngestCsv>, share: number, job: ReturnType<typeof useJob>): ImportState {
  const upload = ingest.variables
  if (ingest.isIdle || !upload) return { phase: 'idle' }
  if (ingest.isError) return { phase: 'failed', upload, error: ingest.error }
  if (!ingest.data) return share < 1 ? { phase: 'uploading', upload, share } : { phase: 'reading', upload, job: undefined }
  if (!('job_id' in ingest.data)) return { phase: 'done', upload, result: ingest.data }
  if (job.isError) return { phase: 'failed', upload, error: job.error }
  return followJob(upload, job.data)
}

function followJob(upload: Upload, job: Job | undefined): ImportState {
  if (job?.status === 'succeeded' && isResult(job.result)) return { phase: 'done', upload, result: job.result }
  if (job && hasEnded(job)) {
    return { phase: 'failed', upload, error: new ApiError(500, job.error ?? 'The job ended without a result.') }
  }
  return { phase: 'reading', upload, job }
}

function isResult(result: unknown): result is IngestResult {
  return typeof result === 'object' && result !== null && 'rows_read' in result && 'row_errors' in result
}
