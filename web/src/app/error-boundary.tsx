import { Component, type ReactNode } from 'react'

import { ErrorState } from '@/shared/ui/error-state'

/** Keeps a page that fails to draw from taking the whole app with it. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null }

  static getDerivedStateFromError(error: Error) {
    return { error }
  }

  override render() {
    if (!this.state.error) return this.props.children
    return <ErrorState title="This page could not be drawn" error={this.state.error} retry={() => window.location.reload()} />
  }
}
