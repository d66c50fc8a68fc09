import type { ButtonHTMLAttributes } from 'react'

type Weight = 'primary' | 'quiet'

const looks: Record<Weight, string> = {
  primary: 'bg-brand text-brand-on hover:bg-brand-ink dark:hover:bg-brand-ink',
  quiet: 'border border-line bg-surface text-ink hover:bg-surface-sunken',
}

export const buttonClasses = (weight: Weight = 'quiet'): string =>
  `inline-flex h-9 items-center justify-center gap-2 whitespace-nowrap rounded-lg px-3.5 text-sm font-medium transition-colors disabled:cursor-not-allowed disabled:opacity-50 ${looks[weight]}`

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  weight?: Weight
}

export function Button({ weight = 'quiet', className = '', type = 'button', ...rest }: ButtonProps) {
  return <button type={type} className={`${buttonClasses(weight)} ${className}`} {...rest} />
}
