import { BookOpen, Building2, LayoutDashboard, Moon, SlidersHorizontal, Settings, Sun, Upload, Users, type LucideIcon } from 'lucide-react'
import { useEffect, useRef, type ReactNode } from 'react'
import { Link, NavLink, useLocation } from 'react-router-dom'

import { toggleTheme, useTheme } from '@/shared/model/theme'

import { Logo } from './logo'

const pages: { to: string; label: string; icon: LucideIcon }[] = [
  { to: '/', label: 'Overview', icon: LayoutDashboard },
  { to: '/customers', label: 'Customers', icon: Users },
  { to: '/accounts', label: 'Accounts', icon: Building2 },
  { to: '/scorecards', label: 'Scorecards', icon: SlidersHorizontal },
  { to: '/import', label: 'Import', icon: Upload },
  { to: '/settings', label: 'Settings', icon: Settings },
]

/** Navigation around every page: a rail at the side, a bar at the bottom on small screens. */
export function Shell({ children }: { children: ReactNode }) {
  const main = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  const shown = useRef(pathname)

  useEffect(() => {
    // A new page begins at its top, and the keyboard inside it; the first page is left as it loaded.
    if (shown.current === pathname) return
    shown.current = pathname
    window.scrollTo(0, 0)
    main.current?.focus({ preventScroll: true })
  }, [pathname])

  return (
    <div className="min-h-dvh lg:pl-60">
      <a
        href="#content"
        className="fixed left-3 top-3 z-50 -translate-y-20 rounded-lg bg-brand px-4 py-2 font-medium text-brand-on focus:translate-y-0"
      >
        Skip to content
      </a>

      <header className="fixed inset-y-0 left-0 z-30 hidden w-60 flex-col bg-gradient-to-b from-rail to-rail-deep px-3 py-5 text-rail-ink lg:flex">
        <Link to="/" className="mb-8 flex items-center gap-2.5 rounded-lg px-2.5 text-lg font-bold tracking-tight">
          <Logo className="size-8" />
          Keepwell
        </Link>
        <nav aria-label="Pages" className="space-y-1">
          {pages.map(({ to, label, icon: Icon }) => (
            <NavLink
              key={to}
              to={to}
              end={to === '/'}
              className={({ isActive }) =>
                `flex h-10 items-center gap-3 rounded-xl px-3 font-medium transition-colors focus-visible:outline-rail-ink ${
                  isActive ? 'bg-rail-ink/15 text-rail-ink' : 'text-rail-soft hover:bg-rail-ink/10 hover:text-rail-ink'
                }`
              }
            >
              <Icon aria-hidden className="size-[18px]" />
              {label}
            </NavLink>
          ))}
        </nav>
        <div className="mt-auto space-y-1">
          <a
            href="/docs"
            className="flex h-10 items-center gap-3 rounded-xl px-3 font-medium text-rail-soft transition-colors hover:bg-rail-ink/10 hover:text-rail-ink focus-visible:outline-rail-ink"
          >
            <BookOpen aria-hidden className="size-[18px]" />
            API reference
          </a>
          <ThemeButton className="flex h-10 w-full items-center gap-3 rounded-xl px-3 font-medium text-rail-soft transition-colors hover:bg-rail-ink/10 hover:text-rail-ink focus-visible:outline-rail-ink" />
        </div>
      </header>

      <header className="sticky top-0 z-20 flex h-14 items-center justify-between bg-gradient-to-r from-rail to-rail-deep px-4 text-rail-ink lg:hidden">
        <Link to="/" className="flex items-center gap-2 text-base font-bold tracking-tight focus-visible:outline-rail-ink">
          <Logo className="size-7" />
          Keepwell
        </Link>
        <ThemeButton iconOnly className="grid size-10 place-items-center rounded-xl text-rail-soft hover:bg-rail-ink/10 focus-visible:outline-rail-ink" />
      </header>

      <main id="content" ref={main} tabIndex={-1} className="mx-auto w-full max-w-[1320px] px-4 pb-24 pt-5 lg:px-8 lg:pb-12 lg:pt-7">
        {children}
      </main>

      <nav
        aria-label="Pages"
        className="fixed inset-x-0 bottom-0 z-20 grid grid-cols-6 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] lg:hidden"
      >
        {pages.map(({ to, label, icon: Icon }) => (
          <NavLink
            key={to}
            to={to}
            end={to === '/'}
            className={({ isActive }) =>
              `flex min-w-0 flex-col items-center gap-0.5 py-2 text-2xs font-medium ${isActive ? 'text-brand-ink' : 'text-ink-faint'}`
            }
          >
            <Icon aria-hidden className="size-5" />
            {label}
          </NavLink>
        ))}
      </nav>
    </div>
  )
}

function ThemeButton({ className, iconOnly = false }: { className: string; iconOnly?: boolean }) {
  const theme = useTheme()
  const Icon = theme === 'dark' ? Sun : Moon
  const label = theme === 'dark' ? 'Light mode' : 'Dark mode'
  return (
    <button type="button" onClick={toggleTheme} aria-label={label} className={className}>
      <Icon aria-hidden className="size-[18px]" />
      {!iconOnly && label}
    </button>
  )
}
