import type { MissingPolicy } from '@/shared/api/scorecard'

/** What can happen to a factor without data. */
export const policies: readonly { value: MissingPolicy; label: string }[] = [
  { value: 'exclude', label: 'Left out' },
  { value: 'neutral', label: 'Counts as 50' },
  { value: 'zero', label: 'Counts as 0' },
  { value: 'carry_forward', label: 'Keeps its last score, fading to 50' },
]

export const policyLabel = (policy: MissingPolicy): string => policies.find(({ value }) => value === policy)?.label ?? policy
