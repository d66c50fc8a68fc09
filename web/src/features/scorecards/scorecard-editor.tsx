import { Archive, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router-dom'

import { ApiError } from '@/shared/api/api-error'
import type { Scorecard, ScorecardDraft } from '@/shared/api/scorecard'
import { customersLink } from '@/shared/model/customer-filters'
import { plural } from '@/shared/model/format'
import { mistakeAt, mistakesOf } from '@/shared/model/mistakes'
import { usePageTitle } from '@/shared/model/page-title'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { FormError, TextField } from '@/shared/ui/form-field'
import { PageHeader } from '@/shared/ui/page-header'

import { BacktestCard } from './backtest-card'
import { BandsEditor } from './bands-editor'
import { CapsEditor } from './caps-editor'
import { differences } from './differences'
import { emptyDraft, scorecardMistakes, toDraft } from './draft'
import { FactorsEditor } from './factors-editor'
import { PreviewCard } from './preview-card'
import { VersionsCard } from './versions-card'
import { useRetireScorecard } from './requests/retire-scorecard'
import { useSaveScorecard } from './requests/save-scorecard'

/** Edits a stored scorecard, or makes a new one. */
export function ScorecardEditor({ stored }: { stored?: Scorecard }) {
  usePageTitle(stored ? `Scorecard ${stored.name}` : 'New scorecard')
  // The version that is edited: another one that arrives meanwhile must not take the edits away.
  const [base, setBase] = useState(stored)
  const [draft, setDraft] = useState<ScorecardDraft>(() => (stored ? toDraft(stored) : emptyDraft))
  const [refusal, setRefusal] = useState<Error | null>(null)
  const save = useSaveScorecard()
  const retire = useRetireScorecard()
  const navigate = useNavigate()
  const mistakes = scorecardMistakes(mistakesOf(refusal))
  const changes = base ? differences(toDraft(base), draft) : []
  const overtaken = refusal instanceof ApiError && refusal.status === 412

  function change(next: Partial<ScorecardDraft>) {
    setRefusal(null)
    setDraft((current) => ({ ...current, ...next }))
  }

  function restart(from: Scorecard) {
    setRefusal(null)
    setBase(from)
    setDraft(toDraft(from))
  }

  function submit() {
    setRefusal(null)
    save.mutate(base ? { draft, version: base.version } : { draft }, {
      onSuccess: (saved) => (base ? restart(saved) : navigate(`/scorecards/${encodeURIComponent(saved.name)}`, { replace: true })),
      onError: setRefusal,
    })
  }

  return (
    <>
      <PageHeader
        title={base ? base.name : 'New scorecard'}
        lead={base ? <Facts scorecard={base} /> : 'A name, some factors and their weights'}
        action={
          <div className="flex flex-wrap gap-2">
            {base && changes.length > 0 && (
              <Button onClick={() => restart(base)}>
                <RotateCcw aria-hidden className="size-4" />
                Undo
              </Button>
            )}
            {base && !base.retired && (
              <Button disabled={retire.isPending} onClick={() => window.confirm(`Retire ${base.name}? No customer is given it any more.`) && retire.mutate(base.name, { onSuccess: () => navigate('/scorecards'), onError: setRefusal })}>
                <Archive aria-hidden className="size-4" />
                Retire
              </Button>
            )}
            <Button weight="primary" disabled={save.isPending || (base !== undefined && changes.length === 0)} onClick={submit}>
              {base ? `Save as version ${base.version + 1}` : 'Create'}
            </Button>
          </div>
        }
      />
      {refusal && (
        <div className="mb-4 space-y-2">
          <FormError error={refusal} />
          {overtaken && stored && stored.version !== base?.version && <Button onClick={() => restart(stored)}>Load version {stored.version} and lose my changes</Button>}
        </div>
      )}
      <div className="grid items-start gap-4 xl:grid-cols-[1.5fr_1fr]">
        <div className="grid min-w-0 gap-4">
          <Card title="About">
            <div className="grid gap-4 sm:grid-cols-[1fr_2fr]">
              {!base && <TextField label="Name" required maxLength={64} value={draft.name} onChange={(name) => change({ name })} mistake={mistakeAt(mistakes, 'name')} hint="Small letters, digits, - and _" />}
              <TextField label="Description" maxLength={500} className={base ? 'sm:col-span-2' : ''} value={draft.description} onChange={(description) => change({ description })} mistake={mistakeAt(mistakes, 'description')} />
            </div>
          </Card>
          <FactorsEditor factors={draft.factors} mistakes={mistakes} onChange={(factors) => change({ factors })} />
          <BandsEditor draft={draft} mistakes={mistakes} onChange={change} />
          <CapsEditor draft={draft} mistakes={mistakes} onChange={(caps) => change({ caps })} />
        </div>
        <div className="grid min-w-0 gap-4">
          {base && <PreviewCard draft={draft} changes={changes} onRefused={setRefusal} />}
          {base && (
            <BacktestCard
              name={base.name}
              onWeights={(weights) => change({ factors: draft.factors.map((entry) => ({ ...entry, weight: weights[entry.factor] ?? entry.weight })) })}
            />
          )}
          {base && <VersionsCard name={base.name} onRestore={(version) => setDraft(toDraft(version))} />}
        </div>
      </div>
    </>
  )
}

function Facts({ scorecard }: { scorecard: Scorecard }) {
  return (
    <span className="flex flex-wrap gap-x-4">
      <span className="number">Version {scorecard.version}</span>
      <Link to={customersLink({ scorecard: scorecard.name })} className="rounded text-brand-ink hover:underline">
        {plural(scorecard.customers, 'customer')}
      </Link>
      {scorecard.retired && <span className="font-medium text-insufficient-ink">Retired</span>}
    </span>
  )
}
