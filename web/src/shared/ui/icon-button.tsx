import type { LucideIcon } from 'lucide-react'

interface IconButtonProps {
  icon: LucideIcon
  label: string
  onClick: () => void
  disabled?: boolean
}

/** A small button that shows an icon and is called by its label. */
export function IconButton({ icon: Icon, label, onClick, disabled }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
      className="grid size-8 shrink-0 place-items-center rounded-lg text-ink-soft hover:bg-surface-sunken hover:text-ink disabled:pointer-events-none disabled:opacity-35"
    >
      <Icon aria-hidden className="size-4" />
    </button>
  )
}
