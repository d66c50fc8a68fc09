import { useId } from 'react'

export function Logo({ className }: { className: string }) {
  // An id of its own: a gradient inside a hidden element draws nothing.
  const gradient = useId()
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={className}>
      <defs>
        <linearGradient id={gradient} x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stopColor="rgb(var(--series-1))" />
          <stop offset="1" stopColor="rgb(var(--healthy))" />
        </linearGradient>
      </defs>
      <rect width="32" height="32" rx="9" fill={`url(#${gradient})`} />
      <path
        d="M5 17h5l2.5-6 4.5 11 3-8 1.6 3H27"
        fill="none"
        stroke="white"
        strokeWidth="2.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
