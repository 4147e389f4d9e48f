// Actions for the selected users. Every change leads to a plan; protecting happens at once, since it changes nothing at
// Atlassian.
import { placeName } from '@rollcall/core/product-name'
import Button from '@atlaskit/button/new'
import { Stack } from '@atlaskit/primitives/compiled'
import type { AccountsRequest } from '@rollcall/core'
import { useState } from 'react'
import { client } from '../host/client'
import { messages } from '../messages'
import { Failure } from '../parts/failure'
import { formatNumber } from '../parts/format'
import layout from '../parts/layout.module.css'
import { SelectField } from '../parts/select-field'
import { useAction } from '../parts/use-action'
import { useOperation } from '../parts/use-operation'
import { needOf } from '../policies/action-needs'
import { go } from '../shell/route'
import { ProtectDialog } from './protect-dialog'

const text = messages.users
/** The actions that need no group, which nobody chooses here. */
const choices = Object.entries(messages.policies.actions)
  .filter(([action]) => needOf(action) !== 'group')
  .map(([value, label]) => ({ value, label }))

export type WhichUsers = { readonly accounts: readonly string[] } | { readonly matching: AccountsRequest }

interface BulkActionsProps {
  readonly count: number
  readonly who: WhichUsers
  /** The ids of all selected users, to protect them. */
  readonly idsOf: () => Promise<readonly string[]>
  readonly onDone: () => void
  readonly place?: { readonly site: string; readonly product: string } | undefined
}

const firstActionFor = (place: BulkActionsProps['place']) =>
  choices.find(({ value }) => needOf(value) === (place === undefined ? 'nothing' : 'product'))?.value

export function BulkActions({ count, who, idsOf, onDone, place }: BulkActionsProps) {
  const [action, setAction] = useState(() => firstActionFor(place) ?? '')
  const [chosen, setChosen] = useState(place === undefined ? '' : `${place.site} ${place.product}`)
  const [protecting, setProtecting] = useState(false)
  const licenses = useOperation('licenses')
  const places = (licenses.data ?? []).map(({ site, product }) => `${site} ${product}`)
  const where = chosen === '' ? (places[0] ?? '') : chosen
  const ofProduct = needOf(action) === 'product'
  const plan = useAction(
    () => {
      const [site, product] = where.split(' ')
      return client.request('preview', { body: { ...who, action, ...(ofProduct ? { site, product } : {}) } })
    },
    ({ planId }) => go('plans', planId),
  )
  return (
    <Stack space="space.100">
      <div className={layout['filters']}>
        <SelectField label={text.action} value={action} choices={choices} onChange={setAction} />
        {ofProduct && (
          <SelectField
            label={text.product}
            value={where}
            choices={places.map((value) => {
              const [site = '', product = ''] = value.split(' ')
              return { value, label: placeName(site, product) }
            })}
            onChange={setChosen}
          />
        )}
        <Button
          appearance="primary"
          isLoading={plan.isPending}
          isDisabled={ofProduct && where === ''}
          onClick={() => plan.mutate()}
        >
          {text.preview(formatNumber(count), count)}
        </Button>
        <Button onClick={() => setProtecting(true)}>{text.protect}</Button>
      </div>
      {plan.error && <Failure title={text.notPlanned} message={plan.error.message} />}
      {protecting && (
        <ProtectDialog
          count={count}
          idsOf={idsOf}
          onClose={() => setProtecting(false)}
          onDone={() => {
            setProtecting(false)
            onDone()
          }}
        />
      )}
    </Stack>
  )
}
