const token = (name) => `rgb(var(--${name}) / <alpha-value>)`

/** Every colour is a token of src/shared/tokens.css, named by what it means. */
export default {
  content: ['./index.html', './src/**/*.{ts,tsx}'],
  darkMode: ['selector', '[data-theme="dark"]'],
  theme: {
    colors: {
      transparent: 'transparent',
      current: 'currentColor',
      canvas: token('canvas'),
      surface: { DEFAULT: token('surface'), sunken: token('surface-sunken') },
      line: token('line'),
      ink: { DEFAULT: token('ink'), soft: token('ink-soft'), faint: token('ink-faint') },
      brand: { DEFAULT: token('brand'), ink: token('brand-ink'), soft: token('brand-soft'), on: token('brand-on') },
      rail: { DEFAULT: token('rail'), deep: token('rail-deep'), ink: token('rail-ink'), soft: token('rail-soft') },
      healthy: { DEFAULT: token('healthy'), ink: token('healthy-ink'), soft: token('healthy-soft') },
      'at-risk': { DEFAULT: token('at-risk'), ink: token('at-risk-ink'), soft: token('at-risk-soft') },
      critical: { DEFAULT: token('critical'), ink: token('critical-ink'), soft: token('critical-soft') },
      insufficient: { DEFAULT: token('insufficient'), ink: token('insufficient-ink'), soft: token('insufficient-soft') },
      money: { DEFAULT: token('money'), ink: token('money-ink'), soft: token('money-soft') },
      series: Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => [n, token(`series-${n}`)])),
    },
    extend: {
      fontFamily: { sans: ['Inter Variable', 'system-ui', 'sans-serif'] },
      fontSize: { '2xs': ['0.6875rem', '1rem'] },
      boxShadow: { card: 'var(--card-shadow)', lift: 'var(--lift-shadow)' },
    },
  },
}
