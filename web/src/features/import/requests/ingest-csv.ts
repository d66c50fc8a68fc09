import { useMutation } from '@tanstack/react-query'

import { ApiError, toApiError } from '@/shared/api/api-error'
import type { IngestAccepted, IngestResult } from '@/shared/api/types'

export interface Upload {
  file: File
  dryRun: boolean
}

/** Above this the server is asked for a job, whose progress can be watched. */
const asyncAboveBytes = 4_000_000

/** Sends the file; XMLHttpRequest, because fetch does not tell how far an upload is. */
function ingestCsv({ file, dryRun }: Upload, onProgress: (share: number) => void): Promise<IngestResult | IngestAccepted> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', dryRun ? '/ingest/csv?dry_run=true' : '/ingest/csv')
    if (file.size > asyncAboveBytes) request.setRequestHeader('Prefer', 'respond-async')
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total)
    }
    request.onerror = () => reject(ApiError.unreachable())
    request.onload = () => {
      const body = parse(request.responseText)
      if (request.status === 200 || request.status === 202) resolve(body as IngestResult | IngestAccepted)
      else reject(toApiError(request.status, body))
    }
    const form = new FormData()
    form.append('file', file)
    request.send(form)
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export const useIngestCsv = (onProgress: (share: number) => void) =>
  useMutation({ mutationFn: (upload: Upload) => ingestCsv(upload, onProgress) })
