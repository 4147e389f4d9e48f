// The column of checkboxes in a table of users: one for each row, and one for the whole page.
import { messages } from '../messages'
import type { Column } from './data-table'
import type { Selection } from './selection'

const text = messages.users

interface User {
  readonly accountId: string
  readonly name: string
}

export function selectColumn<Row extends User>(selection: Selection, rows: readonly Row[]): Column<Row> {
  const ids = rows.map(({ accountId }) => accountId)
  const whole = ids.length > 0 && ids.every((id) => selection.ids.has(id))
  return {
    key: 'select',
    title: (
      <input
        type="checkbox"
        aria-label={text.selectPage}
        checked={selection.all || whole}
        disabled={selection.all}
        onChange={() => selection.togglePage(ids)}
      />
    ),
    cell: ({ accountId, name }) => (
      <input
        type="checkbox"
        aria-label={text.select(name === '' ? accountId : name)}
        checked={selection.all || selection.ids.has(accountId)}
        disabled={selection.all}
        onChange={() => selection.toggle(accountId)}
      />
    ),
  }
}
