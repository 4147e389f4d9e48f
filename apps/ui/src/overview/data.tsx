// How old the data is, with a button that syncs and shows the progress.
import { Card } from '../parts/card'
import { messages } from '../messages'
import type { OverviewData } from './overview-data'
import { Sync } from './sync'
import type { SyncMutation } from './use-sync'

export function Data({ overview, sync }: { readonly overview: OverviewData; readonly sync: SyncMutation }) {
  return (
    <Card title={messages.data.title} testId="data" span="full">
      <Sync sync={sync} first={overview.snapshot === null} focused={false} active={overview.roll} />
    </Card>
  )
}
