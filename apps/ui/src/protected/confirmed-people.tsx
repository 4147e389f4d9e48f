// Users who look like service accounts: an admin said that they are people. Nothing is shown while there are none.
import Button from '@atlaskit/button/new'
import { Stack, Text } from '@atlaskit/primitives/compiled'
import type { NamedPerson } from '@rollcall/api'
import { client } from '../host/client'
import { messages } from '../messages'
import { Age } from '../parts/age'
import { Card } from '../parts/card'
import { DataTable } from '../parts/data-table'
import { Failure } from '../parts/failure'
import { useAction } from '../parts/use-action'
import { useOperation } from '../parts/use-operation'
import { NamedSubject, nameOf } from './named-subject'

const text = messages.protections

const named = ({ accountId, name }: NamedPerson) => ({ subject: accountId, name: name === '' ? null : name })

export function ConfirmedPeople() {
  const { data: people = [] } = useOperation('confirmedPeople', {})
  const remove = useAction((id: string) => client.request('unconfirmPerson', { params: { id }, body: {} }))
  if (people.length === 0) return null
  return (
    <Card title={text.confirmed} testId="confirmed-people" span="full">
      <Stack space="space.150">
        <Text as="p">{text.confirmedIntro}</Text>
        {remove.error && <Failure title={text.notUnconfirmed} message={remove.error.message} />}
        <DataTable
          caption={text.confirmed}
          rows={people}
          keyOf={({ accountId }) => accountId}
          columns={[
            { key: 'id', title: text.exemptUser, names: true, cell: (one) => <NamedSubject {...named(one)} /> },
            { key: 'reason', title: text.reason, cell: ({ reason }) => reason },
            { key: 'by', title: text.by, cell: ({ by }) => by },
            { key: 'at', title: text.since, cell: ({ at }) => <Age at={at} /> },
            {
              key: 'remove',
              title: text.action,
              cell: (one) => (
                <Button
                  appearance="subtle"
                  aria-label={text.unconfirmOf(nameOf(named(one)))}
                  isLoading={remove.isPending && remove.variables === one.accountId}
                  onClick={() => remove.mutate(one.accountId)}
                >
                  {text.unconfirm}
                </Button>
              ),
            },
          ]}
        />
      </Stack>
    </Card>
  )
}
