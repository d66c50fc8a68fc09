import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'

import { nextSort } from '@/shared/model/sort'

interface SortHeadProps<Field extends string> {
  field: Field
  label: string
  className: string
  right?: boolean
  sort: string
  onSort: (sort: Field | `-${Field}`) => void
}

/** The head of a column that the list can be ordered by. */
export function SortHead<Field extends string>({ field, label, className, right = false, sort, onSort }: SortHeadProps<Field>) {
  const ascending = sort === field
  const descending = sort === `-${field}`
  const Icon = ascending ? ArrowUp : descending ? ArrowDown : ChevronsUpDown
  return (
    <th scope="col" aria-sort={ascending ? 'ascending' : descending ? 'descending' : 'none'} className={`py-1.5 ${className}`}>
      <button
        type="button"
        onClick={() => onSort(nextSort(sort, field))}
        className={`inline-flex h-8 w-full items-center gap-1 rounded-md font-medium hover:text-ink ${right ? 'justify-end' : ''} ${
          ascending || descending ? 'text-brand-ink' : ''
        }`}
      >
        {label}
        <Icon aria-hidden className="size-3.5 shrink-0" />
      </button>
    </th>
  )
}
