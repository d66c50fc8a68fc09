import { useState, type FormEvent } from 'react'
import { useNavigate } from 'react-router-dom'

import { mistakeAt, mistakesOf } from '@/shared/model/mistakes'
import { useSegmentList } from '@/shared/requests/list-segments'
import { Button } from '@/shared/ui/button'
import { Dialog } from '@/shared/ui/dialog'
import { FormError, SelectField, TextField } from '@/shared/ui/form-field'

import { emptyForm, toDraft, type CustomerForm } from './new-customer-form'
import { useCreateCustomer } from './requests/create-customer'

export function NewCustomerDialog({ onClose }: { onClose: () => void }) {
  const [form, setForm] = useState(emptyForm)
  const segments = useSegmentList().data ?? []
  const create = useCreateCustomer()
  const navigate = useNavigate()
  const mistakes = mistakesOf(create.error)

  const bind = (field: keyof CustomerForm) => ({
    value: form[field],
    onChange: (value: string) => setForm((current) => ({ ...current, [field]: value })),
    mistake: mistakeAt(mistakes, field),
  })

  function submit(event: FormEvent) {
    event.preventDefault()
    create.mutate(toDraft(form), { onSuccess: (customer) => navigate(`/customers/${customer.id}`) })
  }

  return (
    <Dialog title="New customer" hint="One that is known already by its external id, email or company is changed instead" onClose={onClose}>
      <form onSubmit={submit} className="grid gap-4 sm:grid-cols-2">
        <TextField label="Name" required maxLength={200} className="sm:col-span-2" {...bind('name')} />
        <TextField label="Email" type="email" maxLength={254} {...bind('email')} />
        <TextField label="Company" maxLength={200} {...bind('company')} />
        <SelectField label="Segment" options={[{ value: '', label: 'None' }, ...segments.map(({ name }) => ({ value: name, label: name }))]} {...bind('segment')} />
        <TextField label="Region" maxLength={100} {...bind('region')} />
        <TextField label="Plan" maxLength={100} {...bind('plan')} />
        <TextField label="MRR" type="number" min={0} step="0.01" hint="In US dollars a month" {...bind('mrr')} />
        <TextField label="Signup date" type="date" {...bind('signup_date')} />
        <TextField label="External id" maxLength={200} hint="Its key in your own systems" {...bind('external_id')} />
        <div className="flex flex-col gap-3 sm:col-span-2">
          <FormError error={create.error} />
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>Cancel</Button>
            <Button weight="primary" type="submit" disabled={create.isPending}>
              {create.isPending ? 'Adding…' : 'Add customer'}
            </Button>
          </div>
        </div>
      </form>
    </Dialog>
  )
}
