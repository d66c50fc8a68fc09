import { X } from 'lucide-react'
import { useId, useLayoutEffect, useRef, type ReactNode } from 'react'

interface DialogProps {
  title: string
  hint?: ReactNode
  onClose: () => void
  wide?: boolean
  children: ReactNode
}

/** Asks for something above the page; Escape and a click beside it close it. Drawn only while it is open. */
export function Dialog({ title, hint, onClose, wide = false, children }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null)
  const titleId = useId()

  // Before the element leaves the page, so that the browser gives the focus back to where it was.
  useLayoutEffect(() => {
    const dialog = element.current
    if (dialog && !dialog.open) {
      dialog.showModal()
      dialog.querySelector<HTMLElement>('input, select, textarea')?.focus()
    }
    return () => dialog?.close()
  }, [])

  return (
    // The browser closes a dialog by Escape itself; the click is for the mouse alone.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={element}
      aria-labelledby={titleId}
      onClose={() => !element.current?.open && onClose()}
      onClick={(event) => event.target === element.current && onClose()}
      className={`m-auto max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] overflow-y-auto rounded-2xl border border-line bg-surface p-0 text-ink shadow-lift backdrop:bg-rail-deep/50 ${wide ? 'max-w-3xl' : 'max-w-xl'}`}
    >
      <div className="p-5">
        <header className="mb-4 flex items-start justify-between gap-4">
          <div>
            <h2 id={titleId} className="text-base font-semibold tracking-tight">
              {title}
            </h2>
            {hint && <p className="mt-0.5 text-xs text-ink-faint">{hint}</p>}
          </div>
          <button type="button" onClick={onClose} aria-label="Close" className="-mr-1.5 -mt-1 grid size-8 place-items-center rounded-lg text-ink-faint hover:bg-surface-sunken hover:text-ink">
            <X aria-hidden className="size-4" />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  )
}
