// The organization's limits, each with its bounds. The form sends only changed limits; the server checks the bounds.
import type { ListedLimit, ListedLimits } from '@rollcall/api'
import Button from '@atlaskit/button/new'
import { Inline, Stack, Text } from '@atlaskit/primitives/compiled'
import { useState } from 'react'
import { client } from '../host/client'
import { messages } from '../messages'
import { Card } from '../parts/card'
import { Code } from '../parts/code'
import { DataTable, type Column } from '../parts/data-table'
import { Failure } from '../parts/failure'
import { Fetched } from '../parts/fetched'
import { formatNumber } from '../parts/format'
import fieldStyles from '../parts/field.module.css'
import { useAction } from '../parts/use-action'
import { useOperation } from '../parts/use-operation'

const text = messages.settings

export function Limits() {
  const query = useOperation('listLimits')
  return (
    <Card title={text.limits} testId="limits" span="full">
      <Fetched query={query} loading={text.loadingLimits}>
        {(listed) => <LimitTable {...listed} />}
      </Fetched>
    </Card>
  )
}

function LimitTable({ limits, unreadable }: ListedLimits) {
  const [changed, setChanged] = useState<Readonly<Record<string, string>>>({})
  // If the stored limits cannot be read, the form sends all of them.
  const shown = unreadable === null ? {} : Object.fromEntries(limits.map(({ name, value }) => [name, value]))
  const wanted = Object.entries({ ...shown, ...changed }).map(([name, value]) => [name, Number(value)])
  const save = useAction(
    () => client.request('setLimits', { body: Object.fromEntries(wanted) }),
    () => setChanged({}),
  )
  const columns: readonly Column<ListedLimit>[] = [
    {
      key: 'what',
      title: text.limit,
      names: true,
      cell: ({ name, what }) => (
        <>
          {what} <Code>{name}</Code>
        </>
      ),
    },
    {
      key: 'value',
      title: text.value,
      cell: ({ name, what, value, least, most, whole }) => (
        <input
          className={fieldStyles['input']}
          type="number"
          aria-label={what}
          min={least}
          max={most}
          step={whole ? 1 : 'any'}
          value={changed[name] ?? String(value)}
          onChange={({ target }) => setChanged({ ...changed, [name]: target.value })}
        />
      ),
    },
    {
      key: 'bounds',
      title: text.bounds,
      cell: ({ least, most }) => text.fromTo(formatNumber(least), formatNumber(most)),
    },
    { key: 'usual', title: text.initial, number: true, cell: ({ usual }) => formatNumber(usual) },
  ]
  return (
    <Stack space="space.150">
      <Text as="p">{text.limitsMean}</Text>
      {unreadable !== null && <Failure title={messages.errors.partTitle} message={unreadable} />}
      <DataTable caption={text.limits} columns={columns} rows={limits} keyOf={({ name }) => name} />
      {save.error && <Failure title={text.notSaved} message={save.error.message} />}
      <Inline space="space.100">
        <Button
          appearance="primary"
          isDisabled={wanted.length === 0}
          isLoading={save.isPending}
          onClick={() => save.mutate()}
        >
          {text.saveLimits}
        </Button>
        <Button isDisabled={Object.keys(changed).length === 0} onClick={() => setChanged({})}>
          {messages.cancel}
        </Button>
      </Inline>
    </Stack>
  )
}
