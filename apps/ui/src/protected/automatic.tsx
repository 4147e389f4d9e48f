// Who is protected by themselves, shown as such: nobody added them, and nobody can remove them.
import type { AutomaticProtections } from '@rollcall/core'
import { Stack, Text } from '@atlaskit/primitives/compiled'
import { messages } from '../messages'
import { Card } from '../parts/card'
import { DataTable, type Column } from '../parts/data-table'
import { Empty } from '../parts/empty'
import { Fetched } from '../parts/fetched'
import { formatNumber } from '../parts/format'
import layout from '../parts/layout.module.css'
import { PersonName } from '../parts/person-name'
import { useAsked } from '../parts/use-asked'

const text = messages.protections

const columns: readonly Column<AutomaticProtections['accounts'][number]>[] = [
  { key: 'person', title: messages.plans.person, names: true, cell: (person) => <PersonName {...person} /> },
  { key: 'because', title: text.reason, cell: ({ because }) => <bdi className={layout['wrap']}>{because}</bdi> },
]

export function Automatic() {
  const query = useAsked('automaticProtections')
  return (
    <Card title={text.automatic} testId="automatic" span="full">
      <Fetched query={query} loading={text.loadingAutomatic}>
        {({ total, accounts }) => (
          <Stack space="space.150">
            <Text as="p">{text.automaticIntro(formatNumber(total))}</Text>
            {accounts.length > 0 && (
              <DataTable
                {...{ caption: text.automatic, columns, rows: accounts }}
                keyOf={({ accountId }) => accountId}
              />
            )}
            {total > accounts.length && <Empty>{text.more(total - accounts.length)}</Empty>}
          </Stack>
        )}
      </Fetched>
    </Card>
  )
}
