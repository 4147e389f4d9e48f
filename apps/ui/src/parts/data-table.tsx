// A table of rows that the server sorts and pages. A wide table scrolls inside its own area.
import type { ReactNode } from 'react'
import styles from './data-table.module.css'

export interface Column<Row> {
  readonly key: string
  readonly title: ReactNode
  readonly cell: (row: Row) => ReactNode
  /** The column that names the row. */
  readonly names?: boolean
  readonly number?: boolean
  /** Buttons of the row: they stay in sight while a wide table scrolls. */
  readonly acts?: boolean
  readonly sorted?: 'ascending' | 'descending'
}

interface DataTableProps<Row> {
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  readonly busy?: boolean
  readonly testId?: string
}

export function DataTable<Row>({ caption, columns, rows, keyOf, busy = false, testId }: DataTableProps<Row>) {
  return (
    // Keyboard users scroll it with the arrow keys.
    <div className={styles['scroll']} tabIndex={0} role="group" aria-label={caption} aria-busy={busy}>
      <table className={styles['table']} data-testid={testId}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={classOf(column)} aria-sort={column.sorted}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column) =>
                column.names === true ? (
                  <th key={column.key} scope="row">
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.key} className={classOf(column)}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function classOf<Row>({ number, acts }: Column<Row>): string | undefined {
  if (acts === true) return styles['acts']
  return number === true ? styles['number'] : undefined
}
