import { useId, type ReactNode } from 'react'

interface CardProps {
  title: string
  hint?: string
  action?: ReactNode
  className?: string
  children: ReactNode
}

/** A titled region of a page. */
export function Card({ title, hint, action, className = '', children }: CardProps) {
  const titleId = useId()
  return (
    <section aria-labelledby={titleId} className={`min-w-0 rounded-2xl border border-line bg-surface p-5 shadow-card ${className}`}>
      <header className="mb-4 flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div>
          <h2 id={titleId} className="text-[15px] font-semibold tracking-tight">
            {title}
          </h2>
          {hint && <p className="mt-0.5 text-xs text-ink-faint">{hint}</p>}
        </div>
        {action}
      </header>
      {children}
    </section>
  )
}
