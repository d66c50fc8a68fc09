import { useId, type ReactNode } from 'react'

import { ApiError } from '@/shared/api/api-error'
import { mistakesOf, placeOf } from '@/shared/model/mistakes'

interface FieldShell {
  label: string
  required?: boolean
  hint?: string | undefined
  /** What is wrong with it, in words. */
  mistake?: string | undefined
  className?: string
}

interface Wiring {
  id: string
  'aria-invalid'?: boolean
  'aria-describedby'?: string
  required?: boolean
}

/** A label above a control, with a hint and what is wrong below. */
export function FormField({ label, required, hint, mistake, className = '', children }: FieldShell & { children: (wiring: Wiring) => ReactNode }) {
  const id = useId()
  const notes = [mistake && `${id}-mistake`, hint && `${id}-hint`].filter(Boolean).join(' ')
  return (
    <div className={`min-w-0 ${className}`}>
      <label htmlFor={id} className="mb-1 block text-xs font-medium text-ink-soft">
        {label}
        {required && (
          <span aria-hidden className="text-critical-ink">
            {' '}
            *
          </span>
        )}
      </label>
      {children({ id, ...(mistake ? { 'aria-invalid': true } : {}), ...(notes ? { 'aria-describedby': notes } : {}), ...(required ? { required } : {}) })}
      {mistake && (
        <p id={`${id}-mistake`} className="mt-1 text-xs font-medium text-critical-ink">
          {mistake}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-xs text-ink-faint">
          {hint}
        </p>
      )}
    </div>
  )
}

interface TextFieldProps extends FieldShell {
  value: string
  onChange: (value: string) => void
  type?: 'text' | 'email' | 'date' | 'number' | 'datetime-local'
  step?: string
  min?: number | string | undefined
  max?: number | string | undefined
  maxLength?: number
  placeholder?: string
}

export function TextField({ value, onChange, type = 'text', step, min, max, maxLength, placeholder, ...shell }: TextFieldProps) {
  return (
    <FormField {...shell}>
      {(wiring) => (
        <input
          {...wiring}
          type={type}
          value={value}
          step={step}
          min={min}
          max={max}
          maxLength={maxLength}
          placeholder={placeholder}
          onChange={(event) => onChange(event.target.value)}
          className="field w-full"
        />
      )}
    </FormField>
  )
}

interface SelectFieldProps extends FieldShell {
  value: string
  onChange: (value: string) => void
  options: readonly { value: string; label: string }[]
}

export function SelectField({ value, onChange, options, ...shell }: SelectFieldProps) {
  return (
    <FormField {...shell}>
      {(wiring) => (
        <select {...wiring} value={value} onChange={(event) => onChange(event.target.value)} className="field w-full pr-8">
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </FormField>
  )
}

/** Why a form was refused, in the server's own words. */
export function FormError({ error }: { error: Error | null }) {
  if (!error) return null
  const mistakes = mistakesOf(error)
  return (
    <div role="alert" className="rounded-lg bg-critical-soft px-3 py-2 text-xs font-medium text-critical-ink">
      {mistakes.length === 0 && <p>{error instanceof ApiError ? error.detail : 'Something unexpected happened in the browser.'}</p>}
      {mistakes.length > 0 && (
        <ul className="space-y-0.5">
          {mistakes.map(({ pointer, message }) => (
            <li key={`${pointer} ${message}`}>
              {placeOf(pointer)} {message}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
