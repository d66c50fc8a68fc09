import { Button } from './button'

interface LoadMoreProps {
  more: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }
  label: string
}

/** The end of a list that comes in pages. */
export function LoadMore({ more, label }: LoadMoreProps) {
  if (!more.hasNextPage) return null
  return (
    <Button onClick={() => void more.fetchNextPage()} disabled={more.isFetchingNextPage}>
      {more.isFetchingNextPage ? 'Loading…' : label}
    </Button>
  )
}
