// One user in full: status, products with the groups that grant each seat, Rollcall's changes, and actions.
import { placeName } from '@rollcall/core/product-name'
import type { AccountDetails, AccountView } from '@rollcall/api'
import Heading from '@atlaskit/heading'
import { Stack } from '@atlaskit/primitives/compiled'
import { messages } from '../messages'
import { Age } from '../parts/age'
import { Code } from '../parts/code'
import { DataTable, type Column } from '../parts/data-table'
import { Dialog } from '../parts/dialog'
import { Empty } from '../parts/empty'
import { type Fact, Facts } from '../parts/facts'
import { Fetched } from '../parts/fetched'
import { formatDay } from '../parts/format'
import layout from '../parts/layout.module.css'
import { useOperation } from '../parts/use-operation'
import { BulkActions } from './bulk-actions'
import { UserHistory } from './user-history'
import { LastActive, LastActiveCell } from './last-active'
import { ProtectionLabel, AccountTypeLabel, AccountStatusLabel } from './account-labels'

const text = messages.users

interface UserDrawerProps {
  readonly person: Pick<AccountView, 'accountId' | 'name'>
  readonly onClose: () => void
}

export function UserDrawer({ person, onClose }: UserDrawerProps) {
  const query = useOperation('account', { params: { id: person.accountId } })
  const title = person.name === '' ? person.accountId : person.name
  return (
    <Dialog title={title} onClose={onClose} drawer testId="person">
      <Fetched query={query} loading={text.loadingUser}>
        {(details) => (
          <Stack space="space.300">
            <Facts facts={factsOf(details)} />
            <Section title={text.do}>
              <BulkActions
                count={1}
                who={{ accounts: [person.accountId] }}
                idsOf={() => Promise.resolve([person.accountId])}
                onDone={onClose}
              />
            </Section>
            <Section title={text.seats}>
              <Products details={details} />
            </Section>
            <Section title={text.column.groups}>
              {details.account.groups.length === 0 ? (
                <Empty>{text.noGroups}</Empty>
              ) : (
                <bdi>{details.account.groups.join(', ')}</bdi>
              )}
            </Section>
            <Section title={text.history}>
              <UserHistory details={details} />
            </Section>
          </Stack>
        )}
      </Fetched>
    </Dialog>
  )
}

function Section({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <Stack space="space.100">
      <Heading size="xsmall" as="h3">
        {title}
      </Heading>
      {children}
    </Stack>
  )
}

const factsOf = ({
  account,
  addedAt,
  lastActiveInAtlassian: everywhere,
  leftAlone,
  asOf,
}: AccountDetails): readonly Fact[] => [
  { label: text.email, value: <bdi>{account.email === '' ? messages.noEmail : account.email}</bdi> },
  { label: text.accountId, value: <Code>{account.accountId}</Code> },
  { label: text.column.status, value: <AccountStatusLabel account={account} /> },
  { label: text.column.kind, value: <AccountTypeLabel account={account} /> },
  { label: text.column.lastActive, value: <LastActiveCell account={account} /> },
  ...(everywhere === null ? [] : [{ label: text.activeInAtlassian, value: <LastActive last={everywhere} /> }]),
  { label: text.joined, value: addedAt === null ? messages.unknown : formatDay(addedAt) },
  { label: text.column.protected, value: <ProtectionLabel account={account} /> },
  ...(leftAlone === null ? [] : [{ label: text.exempt, value: leftAlone }]),
  { label: text.asOf, value: <Age at={asOf} /> },
]

const columns: readonly Column<AccountDetails['products'][number]>[] = [
  { key: 'product', title: text.product, names: true, cell: ({ product, site }) => placeName(site, product) },
  { key: 'active', title: text.column.lastActive, cell: ({ lastActive }) => <LastActive last={lastActive} /> },
  {
    key: 'granted',
    title: text.grantedBy,
    cell: ({ grantedBy }) =>
      grantedBy.length === 0 ? (
        text.grantedElsewhere
      ) : (
        <ul className={layout['lines']}>
          {grantedBy.map(({ name, modifiable }) => (
            <li key={name}>
              <bdi>{name}</bdi> {!modifiable && text.notModifiable}
            </li>
          ))}
        </ul>
      ),
  },
]

function Products({ details: { products } }: { readonly details: AccountDetails }) {
  if (products.length === 0) return <Empty>{text.noSeats}</Empty>
  return (
    <DataTable
      caption={text.seats}
      columns={columns}
      rows={products}
      keyOf={({ site, product }) => `${site} ${product}`}
    />
  )
}
