/** Holds the place of something that is on its way. */
export function Skeleton({ className }: { className: string }) {
  return <div aria-hidden className={`animate-pulse rounded-lg bg-line/70 ${className}`} />
}

/** Says once, for screen readers, that a region is loading. */
export function Loading({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div role="status" aria-label={label}>
      {children}
    </div>
  )
}

export function SkeletonRows({ rows, label }: { rows: number; label: string }) {
  return (
    <Loading label={label}>
      <div className="space-y-2.5">
        {Array.from({ length: rows }, (_, row) => (
          <Skeleton key={row} className="h-11" />
        ))}
      </div>
    </Loading>
  )
}
