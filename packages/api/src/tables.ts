// People and audit entries as rows of a CSV file, the same for the page and the command line.

import { formatInstant, type AuditEntry } from '@rollcall/core'
import { csvRow } from './csv.js'
import type { AccountView, LastActiveView } from './responses/account.js'

export interface Table<Row> {
  readonly head: string
  readonly line: (row: Row) => string
}

/** Makes a table of columns by name. */
function tableOf<Row>(columns: Readonly<Record<string, (row: Row) => string | undefined>>): Table<Row> {
  const cells = Object.values(columns)
  return { head: csvRow(Object.keys(columns)), line: (row) => csvRow(cells.map((cell) => cell(row) ?? '')) }
}

/** A page of a CSV file: the first one begins with the names of the columns. */
export const csvPage = <Row, Next>(table: Table<Row>, rows: readonly Row[], first: boolean, next: Next) => ({
  text: [...(first ? [table.head] : []), ...rows.map(table.line)].join(''),
  rows: rows.length,
  next,
})

/** When somebody was last active, in words. */
export const lastActiveInWords = (last: LastActiveView): string => {
  if ('at' in last) return last.at
  return 'never' in last ? `never, since ${last.since}` : `unknown: ${last.unknown}`
}

export const accountTable = tableOf<AccountView>({
  accountId: ({ accountId }) => accountId,
  name: ({ name }) => name,
  email: ({ email }) => email,
  managed: ({ managed }) => String(managed),
  accountStatus: ({ accountStatus }) => accountStatus,
  membershipStatus: ({ membershipStatus }) => membershipStatus,
  protected: ({ protected: protection }) => protection?.by,
  lastActive: ({ lastActive }) => lastActiveInWords(lastActive),
  products: ({ products }) =>
    products
      .map(({ site, product, lastActive }) => `${product} on ${site}: ${lastActiveInWords(lastActive)}`)
      .join('; '),
  synced: ({ synced }) => String(synced),
  groups: ({ groups }) => groups.join('; '),
})

/** Personal data beside an entry; undefined after it was erased. */
const beside = ({ personal }: AuditEntry, what: string): string | undefined => {
  const text = personal?.data[what]
  return typeof text === 'string' ? text : undefined
}

export const auditTable = tableOf<AuditEntry>({
  index: ({ index }) => String(index),
  at: ({ fact }) => formatInstant(fact.at),
  actor: ({ fact }) => fact.actor,
  event: ({ fact }) => fact.event,
  runId: ({ fact }) => fact.runId,
  planId: ({ fact }) => fact.planId,
  subject: ({ fact }) => fact.subject,
  action: ({ fact }) => fact.action,
  outcome: ({ fact }) => fact.outcome,
  reason: ({ fact }) => fact.reason,
  details: ({ fact: { details } }) => (details === undefined ? undefined : JSON.stringify(details)),
  hash: ({ hash }) => hash,
  name: (entry) => beside(entry, 'name'),
  email: (entry) => beside(entry, 'email'),
})
