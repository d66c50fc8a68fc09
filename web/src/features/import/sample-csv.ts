import { columns } from './columns'

interface Story {
  name: string
  segment: string
  region: string
  arr: number
  users: number
  adoption: number
  tickets: number
  nps: number | null
  logins: number
  /** What is gained or lost over the whole span, as a share. */
  drift: number
}

const stories: Story[] = [
  { name: 'Northwind Traders', segment: 'Enterprise', region: 'US', arr: 480000, users: 160, adoption: 0.72, tickets: 2, nps: 48, logins: 0.86, drift: 0.08 },
  { name: 'Bluefin Logistics', segment: 'Enterprise', region: 'EU', arr: 365000, users: 88, adoption: 0.5, tickets: 7, nps: -12, logins: 0.55, drift: -0.45 },
  { name: 'Cedar & Pine', segment: 'Mid-Market', region: 'US', arr: 96000, users: 42, adoption: 0.64, tickets: 1, nps: 35, logins: 0.74, drift: 0.15 },
  { name: 'Juniper Health', segment: 'Mid-Market', region: 'EU', arr: 120000, users: 30, adoption: 0.33, tickets: 5, nps: null, logins: 0.41, drift: -0.1 },
  { name: 'Lantern Labs', segment: 'Startup', region: 'APAC', arr: 24000, users: 12, adoption: 0.58, tickets: 0, nps: 62, logins: 0.9, drift: 0.3 },
  { name: 'Quarry Foods', segment: 'SMB', region: 'LATAM', arr: 18000, users: 5, adoption: 0.14, tickets: 9, nps: -40, logins: 0.18, drift: -0.3 },
]

const days = 90
const dayMs = 86_400_000

/** A file that can be imported at once: six accounts over the 90 days up to `lastDay`. */
export function sampleCsv(lastDay: Date): string {
  const rows = stories.flatMap((story, index) =>
    Array.from({ length: days }, (_, day) => row(story, index, day, new Date(lastDay.getTime() - (days - 1 - day) * dayMs))),
  )
  return [columns.map((column) => column.name).join(','), ...rows].join('\r\n') + '\r\n'
}

function row(story: Story, index: number, day: number, date: Date): string {
  const wave = Math.sin(day * 0.9 + index * 2) * 0.05
  const factor = 1 + story.drift * (day / (days - 1)) + wave
  const share = (value: number) => Math.min(Math.max(value * factor, 0), 1).toFixed(2)
  return [
    story.name,
    story.segment,
    story.region,
    story.arr,
    date.toISOString().slice(0, 10),
    Math.round(story.users * factor),
    share(story.adoption),
    Math.max(Math.round(story.tickets * (2 - factor)), 0),
    story.nps ?? '',
    share(story.logins),
  ].join(',')
}
