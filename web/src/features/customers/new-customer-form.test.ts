import { describe, expect, it } from 'vitest'

import { emptyForm, toDraft } from './new-customer-form'

describe('toDraft', () => {
  it('leaves out what was left empty', () => {
    expect(toDraft({ ...emptyForm, name: ' Acme ' })).toEqual({ name: 'Acme' })
  })

  it('sends money as a number, 0 too', () => {
    expect(toDraft({ ...emptyForm, name: 'Acme', mrr: '0', plan: ' growth ' })).toEqual({ name: 'Acme', mrr: 0, plan: 'growth' })
  })
})
