import { Download } from 'lucide-react'

import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'

import { columns } from './columns'
import { sampleCsv } from './sample-csv'

export function FormatCard() {
  return (
    <Card
      title="What the file looks like"
      hint="Comma, semicolon or tab between columns"
      action={
        <Button onClick={downloadSample}>
          <Download aria-hidden className="size-4" />
          Sample CSV
        </Button>
      }
    >
      <dl className="space-y-2 text-xs">
        {columns.map((column) => (
          <div key={column.name}>
            <dt>
              <code className="rounded bg-surface-sunken px-1.5 py-0.5 font-medium">{column.name}</code>
            </dt>
            <dd className="mt-0.5 text-ink-faint">{column.what}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-4 text-xs text-ink-soft">Other columns are welcome: they are kept as custom attributes.</p>
    </Card>
  )
}

function downloadSample() {
  const address = URL.createObjectURL(new Blob([sampleCsv(new Date())], { type: 'text/csv' }))
  const link = document.createElement('a')
  link.href = address
  link.download = 'keepwell-sample.csv'
  link.click()
  URL.revokeObjectURL(address)
}
