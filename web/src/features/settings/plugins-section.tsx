import { CircleAlert, CircleCheck, CirclePause, Puzzle, type LucideIcon } from 'lucide-react'

import type { Plugin } from '@/shared/api/types'
import { formatCount, noValue } from '@/shared/model/format'
import { Card } from '@/shared/ui/card'
import { EmptyState } from '@/shared/ui/empty-state'
import { ErrorState } from '@/shared/ui/error-state'
import { SkeletonRows } from '@/shared/ui/skeleton'

import { usePluginList } from './requests/list-plugins'

/** Factors that were added to the program, and what became of them. */
export function PluginsSection() {
  const plugins = usePluginList()
  return (
    <Card title="Plugins" hint="Shared objects of PLUGIN_DIR, loaded when the server starts">
      {plugins.isPending && <SkeletonRows rows={3} label="Loading plugins" />}
      {plugins.isError && <ErrorState title="The plugins could not be loaded" error={plugins.error} retry={() => void plugins.refetch()} />}
      {plugins.isSuccess &&
        (plugins.data.length === 0 ? (
          <EmptyState icon={Puzzle} title="No plugins">
            Put a plugin’s file into the directory that <code className="rounded bg-surface-sunken px-1.5 py-0.5 text-xs text-ink">PLUGIN_DIR</code> names, and restart the server.
          </EmptyState>
        ) : (
          <PluginsTable plugins={plugins.data} />
        ))}
    </Card>
  )
}

const states: Record<Plugin['status'], { label: string; badge: string; icon: LucideIcon }> = {
  loaded: { label: 'Loaded', badge: 'bg-healthy-soft text-healthy-ink', icon: CircleCheck },
  refused: { label: 'Refused', badge: 'bg-critical-soft text-critical-ink', icon: CircleAlert },
  disabled: { label: 'Disabled', badge: 'bg-at-risk-soft text-at-risk-ink', icon: CirclePause },
}

function PluginsTable({ plugins }: { plugins: Plugin[] }) {
  return (
    <table className="w-full text-left">
      <caption className="sr-only">Plugins</caption>
      <thead>
        <tr className="border-b border-line text-xs text-ink-faint">
          <th scope="col" className="pb-2 font-medium">Plugin</th>
          <th scope="col" className="pb-2 font-medium">Status</th>
          <th scope="col" className="hidden pb-2 font-medium sm:table-cell">Factors</th>
          <th scope="col" className="hidden pb-2 text-right font-medium sm:table-cell">Errors</th>
        </tr>
      </thead>
      <tbody>
        {plugins.map((plugin) => {
          const { label, badge, icon: Icon } = states[plugin.status]
          return (
            <tr key={plugin.file} className="border-b border-line/70 align-top last:border-0">
              <th scope="row" className="py-2 pr-3 font-normal">
                <span className="font-medium">{plugin.name || plugin.file}</span> <span className="number text-xs text-ink-faint">{plugin.version}</span>
                {plugin.name && <span className="block break-all text-xs text-ink-faint">{plugin.file}</span>}
              </th>
              <td className="py-2 pr-3">
                <span className={`inline-flex items-center gap-1 rounded-full px-2 py-0.5 text-xs font-medium ${badge}`}>
                  <Icon aria-hidden className="size-3.5" />
                  {label}
                </span>
                {plugin.reason && <span className="mt-1 block text-xs text-ink-soft">{plugin.reason}</span>}
              </td>
              <td className="hidden py-2 text-ink-soft sm:table-cell">{plugin.factors.join(', ') || noValue}</td>
              <td className="number hidden py-2 text-right sm:table-cell">{formatCount(plugin.errors)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
