import { usePageTitle } from '@/shared/model/page-title'
import { PageHeader } from '@/shared/ui/page-header'

import { FormatCard } from './format-card'
import { ImportCard } from './import-card'
import { ImportList } from './import-list'

export default function ImportPage() {
  usePageTitle('Import')
  return (
    <>
      <PageHeader title="Import" lead="Bring your accounts and their daily metrics in" />
      <div className="grid items-start gap-4 xl:grid-cols-[1.6fr_1fr]">
        <ImportCard />
        <FormatCard />
      </div>
      <ImportList />
    </>
  )
}
