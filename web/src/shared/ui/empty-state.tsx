import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

interface EmptyStateProps {
  icon: LucideIcon
  title: string
  /** `h1` where this is all that the page has to say. */
  titleAs?: 'p' | 'h1'
  children: ReactNode
  action?: ReactNode
}

/** Nothing here yet: says why, and what to do next. */
export function EmptyState({ icon: Icon, title, titleAs: Title = 'p', children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center px-4 py-12 text-center">
      <span className="mb-4 grid size-14 place-items-center rounded-2xl bg-brand-soft text-brand-ink">
        <Icon aria-hidden className="size-7" />
      </span>
      <Title className="text-base font-semibold">{title}</Title>
      <div className="mt-1 max-w-md text-ink-soft">{children}</div>
      {action && <div className="mt-5 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  )
}
