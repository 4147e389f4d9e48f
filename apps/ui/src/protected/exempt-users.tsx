// Users who got access back: exempt for a while, unless an admin ends the exemption.
import Button from '@atlaskit/button/new'
import { Stack } from '@atlaskit/primitives/compiled'
import type { VetoData } from '@rollcall/api'
import { client } from '../host/client'
import { messages } from '../messages'
import { Age } from '../parts/age'
import { Card } from '../parts/card'
import { DataTable } from '../parts/data-table'
import { Empty } from '../parts/empty'
import { Failure } from '../parts/failure'
import { Fetched } from '../parts/fetched'
import { formatDay } from '../parts/format'
import { useAction } from '../parts/use-action'
import { useOperation } from '../parts/use-operation'
import { NamedSubject, nameOf } from './named-subject'

const text = messages.protections
const everyMs = 15_000

const named = ({ accountId, name }: VetoData) => ({ subject: accountId, name: name === '' ? null : name })

export function ExemptUsers() {
  const query = useOperation('vetoes', {}, { every: everyMs })
  const lift = useAction((id: string) => client.request('liftVeto', { params: { id }, body: {} }))
  return (
    <Card title={text.exempt} testId="exempt" span="full">
      <Fetched query={query} loading={text.loading}>
        {(vetoes: readonly VetoData[]) =>
          vetoes.length === 0 ? (
            <Empty>{text.noneExempt}</Empty>
          ) : (
            <Stack space="space.150">
              {lift.error && <Failure title={text.exemptionNotEnded} message={lift.error.message} />}
              <DataTable
                caption={text.exempt}
                rows={vetoes}
                keyOf={({ accountId }) => accountId}
                columns={[
                  { key: 'id', title: text.exemptUser, names: true, cell: (veto) => <NamedSubject {...named(veto)} /> },
                  { key: 'since', title: text.since, cell: ({ since }) => <Age at={since} /> },
                  {
                    key: 'until',
                    title: text.until,
                    cell: ({ until }) => (until === null ? text.untilEnded : formatDay(until)),
                  },
                  {
                    key: 'lift',
                    title: text.action,
                    cell: (veto) => (
                      <Button
                        appearance="subtle"
                        aria-label={text.endExemptionOf(nameOf(named(veto)))}
                        isLoading={lift.isPending && lift.variables === veto.accountId}
                        onClick={() => lift.mutate(veto.accountId)}
                      >
                        {text.endExemption}
                      </Button>
                    ),
                  },
                ]}
              />
            </Stack>
          )
        }
      </Fetched>
    </Card>
  )
}
