import { NavLink, Navigate, useParams } from 'react-router-dom'

import { usePageTitle } from '@/shared/model/page-title'
import { PageHeader } from '@/shared/ui/page-header'

import { EventTypesSection } from './event-types-section'
import { JobsSection } from './jobs-section'
import { PluginsSection } from './plugins-section'
import { SegmentsSection } from './segments-section'

const sections = [
  { key: 'event-types', label: 'Event types', Section: EventTypesSection },
  { key: 'segments', label: 'Segments', Section: SegmentsSection },
  { key: 'plugins', label: 'Plugins', Section: PluginsSection },
  { key: 'jobs', label: 'Jobs', Section: JobsSection },
] as const

export default function SettingsPage() {
  const { section } = useParams()
  const shown = sections.find(({ key }) => key === section)
  usePageTitle(shown?.label ?? 'Settings')
  if (!shown) return <Navigate to={`/settings/${sections[0].key}`} replace />
  return (
    <>
      <PageHeader title="Settings" />
      <nav aria-label="Settings" className="mb-4 flex flex-wrap gap-1 rounded-xl bg-surface-sunken p-1 sm:inline-flex">
        {sections.map(({ key, label }) => (
          <NavLink
            key={key}
            to={`/settings/${key}`}
            className={({ isActive }) => `flex h-8 flex-auto items-center justify-center whitespace-nowrap rounded-lg px-3 text-xs font-medium ${isActive ? 'bg-surface text-brand-ink shadow-card' : 'text-ink-soft hover:text-ink'}`}
          >
            {label}
          </NavLink>
        ))}
      </nav>
      <shown.Section />
    </>
  )
}
