// The page: its states (loading, failed, shown, shown but out of date) and the order of its sections.
import PageHeader from '@atlaskit/page-header'
import { Inline, Stack, Text } from '@atlaskit/primitives/compiled'
import Spinner from '@atlaskit/spinner'
import { AuditProof } from './audit-proof'
import { formatClock } from './format'
import { LatestPlan } from './latest-plan'
import { LatestRun } from './latest-run'
import { messages } from './messages'
import { Notices } from './notices'
import type { OverviewData } from './overview-data'
import styles from './overview.module.css'
import { People } from './people'
import { Schedules } from './schedules'
import { Seats } from './seats'
import { Snapshot } from './snapshot'
import { TopBar } from './top-bar'
import { Trouble } from './trouble'
import { useOverview } from './use-overview'

export function Overview() {
  const { data, error, isFetching, dataUpdatedAt, refetch } = useOverview()
  const text = messages.errors
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
          {!data && !error && <Loading />}
          {data && <Sections overview={data} />}
        </Stack>
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

function Sections({ overview }: { readonly overview: OverviewData }) {
  return (
    <>
      <Notices overview={overview} />
      <div className={styles['grid']}>
        <Seats seats={overview.seats} />
        <People people={overview.people} />
        <LatestPlan plan={overview.latestPlan} />
        <LatestRun run={overview.latestRun} />
        <Schedules schedules={overview.schedules} />
        <AuditProof entries={overview.audit.entries} />
      </div>
    </>
  )
}
