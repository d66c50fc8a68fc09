import { lazy, Suspense } from 'react'
import { Route, Routes } from 'react-router-dom'

import { SkeletonRows } from '@/shared/ui/skeleton'

import { ErrorBoundary } from './error-boundary'
import { NotFoundPage } from './not-found-page'
import { Shell } from './shell'

const OverviewPage = lazy(() => import('@/features/overview/overview-page'))
const AccountsPage = lazy(() => import('@/features/accounts/accounts-page'))
const AccountPage = lazy(() => import('@/features/accounts/account-page'))
const CustomersPage = lazy(() => import('@/features/customers/customers-page'))
const CustomerPage = lazy(() => import('@/features/customers/customer-page'))
const ScorecardsPage = lazy(() => import('@/features/scorecards/scorecards-page'))
const ScorecardPage = lazy(() => import('@/features/scorecards/scorecard-page'))
const SettingsPage = lazy(() => import('@/features/settings/settings-page'))
const ImportPage = lazy(() => import('@/features/import/import-page'))

export function App() {
  return (
    <Shell>
      <ErrorBoundary>
        <Suspense fallback={<SkeletonRows rows={5} label="Loading the page" />}>
          <Routes>
            <Route path="/" element={<OverviewPage />} />
            <Route path="/accounts" element={<AccountsPage />} />
            <Route path="/accounts/:id" element={<AccountPage />} />
            <Route path="/customers" element={<CustomersPage />} />
            <Route path="/customers/:id" element={<CustomerPage />} />
            <Route path="/scorecards" element={<ScorecardsPage />} />
            <Route path="/scorecards/:name" element={<ScorecardPage />} />
            <Route path="/import" element={<ImportPage />} />
            <Route path="/settings" element={<SettingsPage />} />
            <Route path="/settings/:section" element={<SettingsPage />} />
            <Route path="*" element={<NotFoundPage />} />
          </Routes>
        </Suspense>
      </ErrorBoundary>
    </Shell>
  )
}
