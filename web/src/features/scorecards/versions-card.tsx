import { History } from 'lucide-react'

import type { Scorecard } from '@/shared/api/scorecard'
import { formatMoment } from '@/shared/model/format'
import { Card } from '@/shared/ui/card'
import { ErrorState } from '@/shared/ui/error-state'
import { SkeletonRows } from '@/shared/ui/skeleton'

import { differences } from './differences'
import { toDraft } from './draft'
import { useScorecardVersions } from './requests/list-scorecard-versions'

/** What each version has changed; one of them can be taken up again. */
export function VersionsCard({ name, onRestore }: { name: string; onRestore: (version: Scorecard) => void }) {
  const versions = useScorecardVersions(name)
  return (
    <Card title="Versions">
      {versions.isPending && <SkeletonRows rows={2} label="Loading the versions" />}
      {versions.isError && <ErrorState title="The versions could not be loaded" error={versions.error} retry={() => void versions.refetch()} />}
      {versions.isSuccess && (
        <ol className="space-y-3">
          {versions.data.map((version, index) => (
            <li key={version.version} className="text-xs">
              <div className="flex items-baseline justify-between gap-3">
                <span>
                  <span className="font-semibold">Version {version.version}</span> <span className="text-ink-faint">{version.author ? `by ${version.author}, ${formatMoment(version.created_at)}` : 'came with Keepwell'}</span>
                </span>
                {index > 0 && (
                  <button type="button" onClick={() => onRestore(version)} className="inline-flex items-center gap-1 whitespace-nowrap rounded-md font-medium text-brand-ink hover:underline">
                    <History aria-hidden className="size-3.5" />
                    Edit from here
                  </button>
                )}
              </div>
              <Changes before={versions.data[index + 1]} after={version} />
            </li>
          ))}
        </ol>
      )}
    </Card>
  )
}

function Changes({ before, after }: { before: Scorecard | undefined; after: Scorecard }) {
  if (!before) return null
  const lines = differences(toDraft(before), toDraft(after))
  return (
    <ul className="mt-1 list-disc space-y-0.5 pl-4 text-ink-soft marker:text-line">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
      {lines.length === 0 && <li>Nothing that counts.</li>}
    </ul>
  )
}
