// The connection to the organization: a form to connect, then its details, with buttons to replace keys and disconnect.
import Button from '@atlaskit/button/new'
import { Inline, Stack } from '@atlaskit/primitives/compiled'
import { useState } from 'react'
import { Age } from '../parts/age'
import { Card } from '../parts/card'
import { Code } from '../parts/code'
import { ConnectForm } from './connect-form'
import type { ConnectionData } from '@rollcall/api'
import { KeyTrouble } from './key-trouble'
import { Disconnect } from './disconnect'
import { type Fact, Facts } from '../parts/facts'
import { messages } from '../messages'
import type { OverviewData } from '../overview/overview-data'
import { Sync } from '../overview/sync'
import type { SyncMutation } from '../overview/use-sync'

const text = messages.connection

interface ConnectionProps {
  readonly connection: ConnectionData | null
  readonly overview: OverviewData
  readonly sync: SyncMutation
}

/** Whether there is no data without a connection. */
export const connectionLeads = (connection: ConnectionData | null, { snapshot }: OverviewData): boolean =>
  connection === null || snapshot === null

export function Connection({ connection, overview, sync }: ConnectionProps) {
  const [changing, setChanging] = useState(false)
  const [justConnected, setJustConnected] = useState(false)
  function done() {
    setChanging(false)
    setJustConnected(true)
  }
  return (
    <Card title={connection === null ? text.firstTitle : text.title} testId="connection" span="full">
      {connection === null && <ConnectForm onDone={done} />}
      {connection !== null && changing && (
        <ConnectForm connection={connection} onDone={done} onCancel={() => setChanging(false)} />
      )}
      {connection !== null && !changing && (
        <Stack space="space.200">
          <Connected connection={connection} name={overview.organization?.name} />
          <KeyTrouble />
          <Sync sync={sync} first={overview.snapshot === null} focused={justConnected} active={overview.roll} />
          <Inline space="space.100" shouldWrap>
            <Button appearance="subtle" onClick={() => setChanging(true)}>
              {text.change}
            </Button>
            <Disconnect />
          </Inline>
        </Stack>
      )}
    </Card>
  )
}

function Connected({
  connection,
  name,
}: {
  readonly connection: ConnectionData
  /** Unknown until the first sync. */
  readonly name: string | undefined
}) {
  const { organizationId, connectedBy, connectedAt, readKeyEnd, actKeyEnd } = connection
  const facts: readonly Fact[] = [
    {
      label: text.organization,
      value: (
        <>
          {name} <Code>{organizationId}</Code>
        </>
      ),
    },
    { label: text.readKey, value: text.endsIn(readKeyEnd) },
    { label: text.changesKey, value: actKeyEnd === null ? text.sameKey : text.endsIn(actKeyEnd) },
    ...(connectedAt === null
      ? []
      : [{ label: text.connectedAt, value: <Age at={new Date(connectedAt).toISOString()} /> }]),
    ...(connectedBy === null ? [] : [{ label: text.connectedBy, value: <Code>{connectedBy}</Code> }]),
  ]
  return <Facts facts={facts} />
}
