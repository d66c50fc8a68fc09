import { useScorecardList } from '@/shared/requests/list-scorecards'

import { useUpdateCustomer } from './requests/update-customer'

/** Which scorecard the customer is scored by; choosing another one is a decision by hand. */
export function ScorecardChoice({ id, chosen }: { id: number; chosen: string }) {
  const scorecards = useScorecardList().data ?? []
  const update = useUpdateCustomer(id)
  const names = scorecards.filter(({ name, retired }) => !retired || name === chosen).map(({ name }) => name)
  return (
    <span>
      <select
        aria-label="Scorecard"
        disabled={update.isPending}
        value={update.isPending ? update.variables.scorecard : chosen}
        onChange={(event) => update.mutate({ scorecard: event.target.value })}
        className="field !h-7 max-w-32 !px-2 pr-7 text-xs"
      >
        {(names.includes(chosen) ? names : [chosen, ...names]).map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      {update.isError && (
        <span role="alert" className="block text-critical-ink">
          {update.error.message}
        </span>
      )}
    </span>
  )
}
