import { CloudOff, RotateCw } from 'lucide-react'

import { ApiError } from '@/shared/api/api-error'

import { Button } from './button'

interface ErrorStateProps {
  title: string
  error: Error
  retry?: () => void
}

/** What went wrong in the server's own words, and a way to try again. */
export function ErrorState({ title, error, retry }: ErrorStateProps) {
  const detail = error instanceof ApiError ? error.detail : 'Something unexpected happened in the browser.'
  return (
    <div role="alert" className="flex flex-col items-center px-4 py-10 text-center">
      <span className="mb-3 grid size-12 place-items-center rounded-2xl bg-critical-soft text-critical-ink">
        <CloudOff aria-hidden className="size-6" />
      </span>
      <p className="font-semibold">{title}</p>
      <p className="mt-1 max-w-md text-ink-soft">{detail}</p>
      {error instanceof ApiError && error.requestId && (
        <p className="mt-1 text-xs text-ink-faint">Request {error.requestId}</p>
      )}
      {retry && (
        <Button className="mt-4" onClick={retry}>
          <RotateCw aria-hidden className="size-4" />
          Try again
        </Button>
      )}
    </div>
  )
}
