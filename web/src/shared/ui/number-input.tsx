import { useEffect, useState } from 'react'

interface NumberInputProps {
  value: number
  /** NaN while what is typed is no number. */
  onChange: (value: number) => void
  label: string
  step?: string
  min?: number
  max?: number
  invalid?: boolean
  /** Whether it may stay empty. */
  optional?: boolean
  className?: string
}

/** A number as it is typed: "0." and an empty field may stand while one types. */
export function NumberInput({ value, onChange, label, step = 'any', min, max, invalid = false, optional = false, className = '' }: NumberInputProps) {
  const [text, setText] = useState(numberText(value))
  useEffect(() => {
    setText((current) => (Object.is(parse(current), value) ? current : numberText(value)))
  }, [value])

  return (
    <input
      type="number"
      aria-label={label}
      aria-invalid={invalid || (!optional && Number.isNaN(value))}
      step={step}
      min={min}
      max={max}
      value={text}
      onChange={(event) => {
        setText(event.target.value)
        onChange(parse(event.target.value))
      }}
      className={`field number min-w-0 !px-2 text-right aria-[invalid=true]:border-critical ${className}`}
    />
  )
}

const parse = (text: string) => (text.trim() === '' ? Number.NaN : Number(text))
const numberText = (value: number) => (Number.isNaN(value) ? '' : String(value))
