import { FileUp } from 'lucide-react'
import { useRef, useState, type DragEvent } from 'react'

import { Button } from '@/shared/ui/button'

interface DropZoneProps {
  onFile: (file: File) => void
  /** Smaller, beside the result of the file before. */
  compact: boolean
}

export function DropZone({ onFile, compact }: DropZoneProps) {
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)

  function drop(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    const [file] = event.dataTransfer.files
    if (file) onFile(file)
  }

  return (
    <div
      role="group"
      aria-label="File to import"
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={`flex flex-col items-center rounded-2xl border-2 border-dashed px-4 text-center transition-colors ${
        compact ? 'py-5' : 'py-12'
      } ${over ? 'border-brand bg-brand-soft' : 'border-line bg-surface-sunken/50'}`}
    >
      {!compact && (
        <span className="mb-4 grid size-14 place-items-center rounded-2xl bg-brand-soft text-brand-ink">
          <FileUp aria-hidden className="size-7" />
        </span>
      )}
      <p className="font-semibold">{over ? 'Let go to import' : compact ? 'Drop another file here' : 'Drop your CSV file here'}</p>
      <p className="mb-3 mt-0.5 text-xs text-ink-faint">or</p>
      <input
        ref={input}
        type="file"
        accept=".csv,text/csv"
        className="hidden"
        aria-label="CSV file"
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file) onFile(file)
        }}
      />
      <Button weight="primary" onClick={() => input.current?.click()}>
        Choose a file
      </Button>
    </div>
  )
}
