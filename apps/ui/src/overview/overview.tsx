// The page: its states (loading, failed, not allowed, shown, shown but out of date) and the order of its sections. Where
// connecting is offered, that comes first until there is something to see, and last then.
import PageHeader from '@atlaskit/page-header'
import { Inline, Stack, Text } from '@atlaskit/primitives/compiled'
import SectionMessage from '@atlaskit/section-message'
import Spinner from '@atlaskit/spinner'
import type { ReactNode } from 'react'
import { AuditProof } from './audit-proof'
import { Connection, connectionLeads } from '../settings/connection'
import { formatClock } from '../parts/format'
import { LatestPlan } from './latest-plan'
import { LatestRun } from './latest-run'
import { messages } from '../messages'
import { Notices } from '../shell/notices'
import type { OverviewData } from './overview-data'
import styles from './overview.module.css'
import { People } from './people'
import { isForbidden } from '../host/problem'
import { Schedules } from './schedules'
import { Seats } from './seats'
import { Snapshot } from './snapshot'
import { TopBar } from '../shell/top-bar'
import { Trouble } from '../shell/trouble'
import { connectingIsOffered, useConnection } from '../settings/use-connection'
import { useOverview } from './use-overview'
import { useRoll } from './use-roll'

export function Overview() {
  const { data, error, isFetching, dataUpdatedAt, refetch } = useOverview()
  const connection = useConnection()
  const roll = useRoll()
  const text = messages.errors
  const denied = [error, connection.error].find(isForbidden)
  // What was shown before is not shown any more.
  if (denied) return <Denied message={denied.message} />
  // Not before the overview has answered: its first answer makes the tables, which two at a time would be slow at.
  const known = data !== undefined && connection.data !== undefined
  const connected = known && <Connection connection={connection.data} overview={data} roll={roll} />
  const leads = known && connectionLeads(connection.data, data)
  return (
    <div className={styles['page']}>
      <TopBar overview={data} />
      <main className={styles['main']} data-testid="overview" aria-busy={isFetching && !data}>
        <PageHeader bottomBar={data ? <Snapshot snapshot={data.snapshot} /> : <></>}>{messages.title}</PageHeader>
        <Stack space="space.200">
          {error && (
            <Trouble
              appearance={data ? 'warning' : 'error'}
              title={data ? text.refreshTitle : text.loadTitle}
              details={[error.message, text.again, ...(data ? [text.outdated(formatClock(dataUpdatedAt))] : [])]}
              action={text.retry}
              onAction={() => void refetch()}
            />
          )}
          {connection.error && (
            <Trouble
              appearance="warning"
              title={text.connectionTitle}
              details={[connection.error.message]}
              action={text.retry}
              onAction={() => void connection.refetch()}
            />
          )}
          {!data && !error && <Loading />}
          {data && <Notices overview={data} connectsHere={connectingIsOffered} />}
          {leads && connected}
          {data && <Sections overview={data}>{!leads && connected}</Sections>}
        </Stack>
      </main>
    </div>
  )
}

function Denied({ message }: { readonly message: string }) {
  return (
    <div className={styles['page']}>
      <TopBar overview={undefined} />
      <main className={styles['main']} data-testid="denied">
        <PageHeader>{messages.title}</PageHeader>
        <SectionMessage appearance="error">
          <p>{message}</p>
        </SectionMessage>
      </main>
    </div>
  )
}

function Loading() {
  return (
    <div role="status">
      <Inline space="space.150" alignBlock="center">
        <Spinner size="medium" />
        <Text>{messages.loading}</Text>
      </Inline>
    </div>
  )
}

function Sections({ overview, children }: { readonly overview: OverviewData; readonly children: ReactNode }) {
  return (
    <div className={styles['grid']}>
      <Seats seats={overview.seats} />
      <People people={overview.people} />
      <LatestPlan plan={overview.latestPlan} />
      <LatestRun run={overview.latestRun} />
      <Schedules schedules={overview.schedules} />
      <AuditProof entries={overview.audit.entries} />
      {children}
    </div>
  )
}
