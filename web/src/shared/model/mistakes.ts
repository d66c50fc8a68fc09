import { ApiError, type FieldMistake } from '@/shared/api/api-error'

import { inWords } from './factor-text'

export function mistakesOf(error: Error | null): readonly FieldMistake[] {
  return error instanceof ApiError ? error.mistakes : []
}

/** The message for a field, whether its pointer is `/bands/healthy_from`, without the slash or with dots. */
export function mistakeAt(mistakes: readonly FieldMistake[], pointer: string): string | undefined {
  const plain = (text: string) => text.replace(/^\//, '').replaceAll('.', '/')
  return mistakes.find((mistake) => plain(mistake.pointer) === plain(pointer))?.message
}

/** A pointer in words for a person, who counts from 1: `/factors/0/weight` is "Factors 1 weight". */
export function placeOf(pointer: string): string {
  const parts = pointer.replace(/^\//, '').split('/').map((part) => (/^\d+$/.test(part) ? String(Number(part) + 1) : part))
  return inWords(parts.join(' '))
}
