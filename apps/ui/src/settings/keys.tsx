// The API keys: when they expire, and what they can do.
import Button from '@atlaskit/button/new'
import Lozenge from '@atlaskit/lozenge'
import { Inline, Stack, Text } from '@atlaskit/primitives/compiled'
import SectionMessage from '@atlaskit/section-message'
import { useState } from 'react'
import type { KeysDescribed } from '@rollcall/api'
import { client } from '../host/client'
import { messages } from '../messages'
import { withNextStep } from '../messages/next-step'
import { Age } from '../parts/age'
import { Card } from '../parts/card'
import { DataTable, type Column } from '../parts/data-table'
import { EditField } from '../parts/edit-field'
import { Empty } from '../parts/empty'
import { Failure } from '../parts/failure'
import { Fetched } from '../parts/fetched'
import { formatNumber } from '../parts/format'
import layout from '../parts/layout.module.css'
import { useAction } from '../parts/use-action'
import { useOperation } from '../parts/use-operation'

const text = messages.settings
type Found = KeysDescribed['found'][number]

export function Keys() {
  const query = useOperation('keys')
  return (
    <Card title={text.keys} testId="keys" span="full">
      <Fetched query={query} loading={text.loadingKeys}>
        {(keys) => (
          <Stack space="space.200">
            {keys.slots.map(
              ({ slot, warning, urgency }) =>
                warning !== null && (
                  <SectionMessage key={slot} appearance={urgency === 'last' ? 'error' : 'warning'}>
                    <p>{withNextStep(warning, 'replace-key')}</p>
                  </SectionMessage>
                ),
            )}
            <Expiry key={JSON.stringify(keys.slots)} slots={keys.slots} />
            <Abilities {...keys} />
          </Stack>
        )}
      </Fetched>
    </Card>
  )
}

function Expiry({ slots }: Pick<KeysDescribed, 'slots'>) {
  const [dates, setDates] = useState(Object.fromEntries(slots.map(({ slot, expires }) => [slot, expires ?? ''])))
  const save = useAction(() =>
    client.request('setKeyExpiry', {
      // Sends only changed dates: another admin may have changed the others.
      body: Object.fromEntries(
        slots.flatMap(({ slot, expires }) =>
          dates[slot] === (expires ?? '') ? [] : [[slot, dates[slot] === '' ? null : dates[slot]]],
        ),
      ),
    }),
  )
  return (
    <Stack space="space.150" alignInline="start">
      <Text as="p">{text.expiryMeans}</Text>
      <div className={layout['filters']}>
        {slots.map(({ slot, what, end, daysLeft }) => (
          <EditField
            key={slot}
            label={text.endsOn(what)}
            help={[
              end === null ? text.noKeyOfItsOwn : text.keyInUse(end),
              daysLeft === null ? text.endUnknown : text.daysLeft(daysLeft, formatNumber(daysLeft)),
            ].join(' ')}
            type="date"
            value={dates[slot] ?? ''}
            onChange={(date) => setDates({ ...dates, [slot]: date })}
          />
        ))}
      </div>
      {save.error && <Failure title={text.notSaved} message={save.error.message} />}
      <Button isLoading={save.isPending} onClick={() => save.mutate()}>
        {text.saveExpiry}
      </Button>
    </Stack>
  )
}

function Abilities({ slots, found, checkedAt }: KeysDescribed) {
  const check = useAction(() => client.request('checkKeys'))
  const columns: readonly Column<Found>[] = [
    { key: 'what', title: text.ability, names: true, cell: ({ what }) => what },
    { key: 'key', title: text.key, cell: (row) => slots.find(({ slot }) => slot === row.slot)?.what },
    { key: 'can', title: text.response, cell: ({ can }) => <AbilityLabel can={can} /> },
    { key: 'why', title: text.whyNot, cell: ({ why }) => why },
  ]
  return (
    <Stack space="space.150" alignInline="stretch">
      {checkedAt === null ? (
        <Empty>{text.neverChecked}</Empty>
      ) : (
        <>
          <p>
            {text.checked} <Age at={checkedAt} />
          </p>
          <DataTable caption={text.abilities} columns={columns} rows={found} keyOf={({ ability }) => ability} />
        </>
      )}
      {check.error && <Failure title={text.notChecked} message={check.error.message} />}
      <Inline>
        <Button isLoading={check.isPending} onClick={() => check.mutate()}>
          {text.checkKeys}
        </Button>
      </Inline>
    </Stack>
  )
}

function AbilityLabel({ can }: Pick<Found, 'can'>) {
  if (can === null) return <Lozenge appearance="neutral">{text.notKnown}</Lozenge>
  return <Lozenge appearance={can ? 'success' : 'danger'}>{can ? text.can : text.cannot}</Lozenge>
}
