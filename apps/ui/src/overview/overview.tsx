// The overview. Where the page can connect an organization, the connection comes first until there is data, then last.
import { Stack } from '@atlaskit/primitives/compiled'
import { messages } from '../messages'
import { ScreenHeader } from '../parts/screen-header'
import { Connection, connectionLeads } from '../settings/connection'
import { useConnection } from '../settings/use-connection'
import { Trouble } from '../shell/trouble'
import { NeedsAttention } from './attention'
import { AuditProof } from './audit-proof'
import { Data } from './data'
import { Inactivity } from './inactivity'
import { LatestPlan } from './latest-plan'
import { LatestRun } from './latest-run'
import styles from './overview.module.css'
import { UsersByStatus } from './users-by-status'
import { Schedules } from './schedules'
import { SeatHistory } from './seat-history'
import { Seats } from './seats'
import { Snapshot } from './snapshot'
import { useOverview } from './use-overview'
import { useSync } from './use-sync'

export default function Overview() {
  const { data: overview } = useOverview()
  const connection = useConnection()
  const sync = useSync()
  const text = messages.errors
  if (overview === undefined) return null
  const known = connection.data !== undefined
  const connected = known && <Connection connection={connection.data} overview={overview} sync={sync} />
  const leads = known && connectionLeads(connection.data, overview)
  return (
    <>
      <ScreenHeader title={messages.title} below={<Snapshot snapshot={overview.snapshot} />} />
      <Stack space="space.200">
        {connection.error && (
          <Trouble
            appearance="warning"
            title={text.connectionTitle}
            details={[connection.error.message]}
            action={text.retry}
            onAction={() => void connection.refetch()}
          />
        )}
        {leads && connected}
        {connection.offered === false && overview.snapshot === null && <Data overview={overview} sync={sync} />}
        <div className={styles['grid']}>
          {overview.snapshot !== null && <NeedsAttention />}
          <Seats seats={overview.seats} />
          <UsersByStatus people={overview.people} />
          {overview.snapshot !== null && <Inactivity />}
          {overview.snapshot !== null && <SeatHistory />}
          <LatestPlan plan={overview.latestPlan} />
          <LatestRun run={overview.latestRun} />
          <Schedules schedules={overview.schedules} />
          <AuditProof entries={overview.audit.entries} />
          {connection.offered === false && overview.snapshot !== null && <Data overview={overview} sync={sync} />}
          {!leads && connected}
        </div>
      </Stack>
    </>
  )
}
