import type { ReactNode } from 'react'

interface PageHeaderProps {
  title: string
  lead?: ReactNode
  action?: ReactNode
}

export function PageHeader({ title, lead, action }: PageHeaderProps) {
  return (
    <header className="mb-5 flex flex-wrap items-end justify-between gap-3 lg:flex-nowrap">
      <div className="min-w-0">
        <h1 className="break-words text-2xl font-bold tracking-tight">{title}</h1>
        {lead && <div className="mt-1 text-ink-soft">{lead}</div>}
      </div>
      {action && <div className="shrink-0">{action}</div>}
    </header>
  )
}
