import type { CustomerDraft } from '@/shared/api/customer'

/** The form as it is typed: every value is a text. */
export type CustomerForm = Record<keyof CustomerDraft, string>

export const emptyForm: CustomerForm = { name: '', email: '', company: '', segment: '', region: '', plan: '', mrr: '', signup_date: '', external_id: '' }

/** What is sent: fields that were left empty are not, and money is a number. */
export function toDraft(form: CustomerForm): CustomerDraft {
  const { name, mrr, ...texts } = form
  const given = Object.entries(texts).flatMap(([field, text]) => (text.trim() ? [[field, text.trim()]] : []))
  return { name: name.trim(), ...Object.fromEntries(given), ...(mrr.trim() ? { mrr: Number(mrr) } : {}) }
}
