// The columns of a snapshot: how many accounts have groups, roles, activity, a joining date, a name and an email
// address. Where Atlassian suddenly sends a column empty, every row is there, and yet the data is not enough to decide
// about anybody.

import { allActivity, type Account } from '../model/account.js'
import { hasPaidSeats } from '../model/paid-seat.js'
import type { ColumnCounts, Snapshot } from '../model/snapshot.js'

const has: Readonly<Record<keyof Omit<ColumnCounts, 'people'>, (account: Account) => boolean>> = {
  groups: ({ groups }) => groups.length > 0,
  roles: ({ platformRoles }) => platformRoles.length > 0,
  activity: (account) => allActivity(account).some(({ kind }) => kind === 'at'),
  joined: ({ addedAt }) => addedAt !== undefined,
  name: ({ name }) => name !== '',
  email: ({ email }) => email !== '',
}
type Column = keyof typeof has
const columns = Object.keys(has) as readonly Column[]

/** What is missing, for people. */
const columnNames: Readonly<Record<Column, string>> = {
  groups: 'groups',
  roles: 'roles',
  activity: 'a last activity',
  joined: 'a joining date',
  name: 'a name',
  email: 'an email address',
}

export const noColumns: ColumnCounts = { people: 0, groups: 0, roles: 0, activity: 0, joined: 0, name: 0, email: 0 }

type Writable<Counts> = { -readonly [Name in keyof Counts]: Counts[Name] }

/** Adds the accounts of a portion to the counts so far. */
export function countColumns(before: ColumnCounts, accounts: readonly Account[]): ColumnCounts {
  const counts: Writable<ColumnCounts> = { ...before, people: before.people + accounts.length }
  for (const column of columns) {
    const count = before[column]
    // A sync that an earlier version began does not count the newer columns.
    if (count !== undefined) counts[column] = count + accounts.filter(has[column]).length
  }
  return counts
}

/** So many people at least must have lost a value: one person may. */
const fewPeople = 2
/** A share that falls by more than half, or by more than 20 points, was lost at once; people do not change so fast. */
const lostHalf = 0.5
const lostPoints = 0.2

function lostSince(column: Column, now: ColumnCounts, before: ColumnCounts): boolean {
  const [counted, earlier] = [now[column], before[column]]
  if (before.people === 0 || now.people === 0 || counted === undefined || earlier === undefined) return false
  const [was, is] = [earlier / before.people, counted / now.people]
  if ((was - is) * now.people < fewPeople) return false
  return is < was * lostHalf || was - is > lostPoints
}

/** Finds the column that a snapshot lacks, by the complete one before it; the first one by the seats that are in use. */
export function lackingColumn(
  { columns: now, seats, groups }: Pick<Snapshot, 'columns' | 'seats' | 'groups'>,
  before: Pick<Snapshot, 'columns'> | undefined,
): Snapshot['lacks'] {
  if (now === undefined || now.people === 0) return undefined
  const share = (column: Column, counts: ColumnCounts) => Math.round((100 * (counts[column] ?? 0)) / counts.people)
  // Seats that Atlassian does not count may be in use.
  const used = seats.some((one) => (one.used ?? (hasPaidSeats(one) ? 1 : 0)) > 0)
  if (used && now.activity === 0) return { what: columnNames.activity, now: 0, before: null }
  if (used && now.groups === 0 && groups.length > 0) return { what: columnNames.groups, now: 0, before: null }
  const earlier = before?.columns
  const lost = earlier && columns.find((column) => lostSince(column, now, earlier))
  if (earlier !== undefined && lost !== undefined)
    return { what: columnNames[lost], now: share(lost, now), before: share(lost, earlier) }
  // One account alone may hide its address.
  const text = (['name', 'email'] as const).find((column) => now[column] === 0)
  return used && text !== undefined && now.people >= fewPeople
    ? { what: columnNames[text], now: 0, before: null }
    : undefined
}
