// The data that everything stands on: how old it is, and taking the roll again with its progress.
import { Card } from '../parts/card'
import { messages } from '../messages'
import type { OverviewData } from './overview-data'
import { Roll } from './roll'
import type { RollTaking } from './use-roll'

export function Data({ overview, roll }: { readonly overview: OverviewData; readonly roll: RollTaking }) {
  return (
    <Card title={messages.data.title} testId="data" span="full">
      <Roll roll={roll} first={overview.snapshot === null} focused={false} begun={overview.roll} />
    </Card>
  )
}
