import type { RowError } from '@/shared/api/types'
import { formatCount, noValue } from '@/shared/model/format'

export function RowErrors({ errors, rejected }: { errors: RowError[]; rejected: number }) {
  return (
    <div className="mt-5">
      <h3 className="mb-2 text-xs font-semibold text-ink-soft">
        {rejected > errors.length ? `The first ${formatCount(errors.length)} mistakes` : 'What was rejected, and why'}
      </h3>
      {/* Scrolls by itself, so it must be reachable by keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div role="region" aria-label="Row errors" tabIndex={0} className="max-h-72 overflow-auto rounded-xl border border-line">
        <table className="w-full text-xs">
          <caption className="sr-only">Rows that were rejected</caption>
          <thead className="sticky top-0 bg-surface-sunken">
            <tr className="text-left text-ink-faint">
              <th scope="col" className="w-px px-3 py-2 text-right font-medium">Line</th>
              <th scope="col" className="w-px px-3 py-2 font-medium">Column</th>
              <th scope="col" className="px-3 py-2 font-medium">Reason</th>
            </tr>
          </thead>
          <tbody>
            {errors.map((error) => (
              <tr key={`${error.line} ${error.column} ${error.code}`} className="border-t border-line/70">
                <td className="number px-3 py-1.5 text-right font-medium">{formatCount(error.line)}</td>
                <td className="px-3 py-1.5">
                  <code className="whitespace-nowrap">{error.column || noValue}</code>
                </td>
                <td className="break-words px-3 py-1.5">{error.message}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
