// The columns of the user tables. Each admin chooses the visible ones; the browser stores the choice.
import { placeName } from '@rollcall/core/product-name'
import type { AccountView } from '@rollcall/api'
import { useState, type ReactNode } from 'react'
import { messages } from '../messages'
import layout from '../parts/layout.module.css'
import type { Place } from './filter'
import { LastActiveCell } from './last-active'
import { ProtectionLabel, AccountStatusLabel, AccountTypeLabel } from './account-labels'

const columnNames = ['status', 'lastActive', 'products', 'groups', 'kind', 'protected'] as const
export type ColumnName = (typeof columnNames)[number]

const fewest: readonly ColumnName[] = ['status', 'lastActive', 'products', 'kind', 'protected']
const stored = 'rollcall-user-columns'

function remembered(): readonly ColumnName[] {
  try {
    const names: unknown = JSON.parse(localStorage.getItem(stored) ?? '')
    return Array.isArray(names) ? columnNames.filter((one) => names.includes(one)) : fewest
  } catch {
    // A frame may have no storage.
    return fewest
  }
}

function remember(names: readonly ColumnName[]): void {
  try {
    localStorage.setItem(stored, JSON.stringify(names))
  } catch {
    // The choice lasts until the admin closes the page.
  }
}

export function useColumns() {
  const [shown, setShown] = useState(remembered)
  const toggle = (name: ColumnName) => {
    const next = columnNames.filter((one) => (one === name ? !shown.includes(one) : shown.includes(one)))
    remember(next)
    setShown(next)
  }
  return { shown, toggle }
}

export const cells: Readonly<Record<ColumnName, (account: AccountView, place?: Place) => ReactNode>> = {
  status: (account) => <AccountStatusLabel account={account} />,
  lastActive: (account, place) => <LastActiveCell account={account} place={place} />,
  products: ({ products }) => (
    <ul className={layout['lines']}>
      {products.map(({ site, product }) => (
        <li key={`${site} ${product}`}>{placeName(site, product)}</li>
      ))}
    </ul>
  ),
  groups: ({ groups }) => <bdi className={layout['wrap']}>{groups.join(', ')}</bdi>,
  kind: (account) => <AccountTypeLabel account={account} />,
  protected: (account) => <ProtectionLabel account={account} />,
}

export function ColumnChoice({ shown, toggle }: ReturnType<typeof useColumns>) {
  const text = messages.users
  return (
    <details>
      <summary>{text.columns}</summary>
      <div className={layout['filters']} role="group" aria-label={text.columns}>
        {columnNames.map((name) => (
          <label key={name} className={layout['check']}>
            <input type="checkbox" checked={shown.includes(name)} onChange={() => toggle(name)} />
            {text.column[name]}
          </label>
        ))}
      </div>
    </details>
  )
}
