// Under the page's title: the age of the data and the number of users.
import { Text } from '@atlaskit/primitives/compiled'
import { Age } from '../parts/age'
import { formatNumber } from '../parts/format'
import { messages } from '../messages'
import type { SnapshotData } from './overview-data'
import { Sentence } from '../parts/sentence'

const text = messages.snapshot

export function Snapshot({ snapshot }: { readonly snapshot: SnapshotData | null }) {
  return (
    <div data-testid="snapshot">
      <Text as="p" color="color.text.subtle">
        {snapshot === null ? (
          <Sentence>{text.none}</Sentence>
        ) : (
          <>
            {text.asOf} <Age at={snapshot.asOf} />, {text.accounts(snapshot.accounts, formatNumber(snapshot.accounts))}
          </>
        )}
      </Text>
    </div>
  )
}
