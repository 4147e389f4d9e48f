// A table of users with a checkbox for each, and the drawer of one user.
import { productName } from '@rollcall/core/product-name'
import type { AccountListing, AccountView } from '@rollcall/api'
import { useState } from 'react'
import { messages } from '../messages'
import { DataTable, type Column } from '../parts/data-table'
import { selectColumn } from '../parts/select-column'
import { UserName } from '../parts/user-name'
import { cells, type ColumnName } from './columns'
import type { Place } from './filter'
import { UserDrawer } from './user-drawer'
import type { Selection } from '../parts/selection'
import { SortButton } from './sort-button'

const text = messages.users

interface UserTableProps {
  readonly listing: AccountListing
  readonly selection: Selection
  readonly shown: readonly ColumnName[]
  readonly sort: string
  readonly onSort: (sort: string) => void
  readonly busy: boolean
  readonly caption: string
  readonly place?: Place | undefined
}

export function UserTable({ listing, selection, shown, sort, onSort, busy, caption, place }: UserTableProps) {
  const [open, setOpen] = useState<AccountView>()
  const columns: readonly Column<AccountView>[] = [
    selectColumn(selection, listing.accounts),
    {
      key: 'person',
      title: <SortButton name="name" title={text.user} sort={sort} onSort={onSort} />,
      names: true,
      ...(sort === 'name' ? { sorted: 'ascending' } : {}),
      cell: (account) => <UserName {...account} onOpen={() => setOpen(account)} />,
    },
    ...shown.map((name): Column<AccountView> => ({
      key: name,
      title:
        name === 'lastActive' ? (
          <SortButton
            name="lastActive"
            title={place === undefined ? text.column.lastActive : text.lastActiveOn(productName(place.product))}
            sort={sort}
            onSort={onSort}
          />
        ) : (
          text.column[name]
        ),
      ...(name === sort ? { sorted: 'ascending' } : {}),
      cell: (account) => cells[name](account, place),
    })),
  ]
  return (
    <>
      <DataTable
        caption={caption}
        columns={columns}
        rows={listing.accounts}
        busy={busy}
        testId="users"
        keyOf={({ accountId }) => accountId}
      />
      {open && <UserDrawer person={open} onClose={() => setOpen(undefined)} />}
    </>
  )
}
