import { useSyncExternalStore } from 'react'

type Theme = 'light' | 'dark'

const storageKey = 'keepwell.theme'

/** The theme that is on the page; public/theme.js has set it before the first paint. */
function currentTheme(): Theme {
  return document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light'
}

function subscribe(notify: () => void): () => void {
  const observer = new MutationObserver(notify)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  return () => observer.disconnect()
}

export function toggleTheme(): void {
  const next: Theme = currentTheme() === 'dark' ? 'light' : 'dark'
  document.documentElement.dataset.theme = next
  try {
    localStorage.setItem(storageKey, next)
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
}

export const useTheme = (): Theme => useSyncExternalStore(subscribe, currentTheme)
