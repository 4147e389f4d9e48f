// The tables after all migrations: a new MySQL database starts with them. A test compares SQLite's tables with them.

import { StoreError } from './errors.js'
import type { Schema } from './schema.js'

/** A column is `not null` unless it says so. Lengths count characters; SQLite ignores them. */
export type ColumnType = `varchar(${number})` | 'text' | 'text null' | 'bigint' | 'bigint null' | 'integer'

export interface TableShape {
  readonly columns: Readonly<Record<string, ColumnType>>
  readonly key: readonly string[]
  /** Secondary indexes, by name. */
  readonly indexes?: Readonly<Record<string, readonly string[]>>
  /** The names of the unique ones. */
  readonly unique?: readonly string[]
}

// Lengths are for engines that cannot index unbounded text: the longest key fits 3,072 bytes at four bytes a character.
const id = 'varchar(128)'
const name = 'varchar(255)'
const subject = 'varchar(300)'
const word = 'varchar(20)'
const hash = 'varchar(64)'

export const tables: Readonly<Record<keyof Schema, TableShape>> = {
  rollcall_migrations: { columns: { version: id }, key: ['version'] },
  snapshots: {
    columns: { snapshot_id: id, started_at: 'bigint', finished: 'integer', doc: 'text', group_grants: 'text null' },
    key: ['snapshot_id'],
    indexes: { finished: ['finished', 'started_at'] },
  },
  accounts: {
    columns: {
      snapshot_id: id,
      account_id: id,
      name_lower: name,
      search_lower: 'text',
      status: word,
      managed: 'integer',
      last_active: 'bigint',
      last_active_kind: word,
      inactive_since: 'bigint',
      doc: 'text',
    },
    key: ['snapshot_id', 'account_id'],
    indexes: {
      id: ['snapshot_id', 'account_id', 'status', 'managed', 'inactive_since'],
      status_id: ['snapshot_id', 'status', 'account_id', 'managed', 'inactive_since'],
      name: ['snapshot_id', 'name_lower', 'account_id', 'status', 'managed', 'inactive_since'],
      activity: ['snapshot_id', 'last_active', 'account_id', 'status', 'managed', 'inactive_since'],
    },
  },
  account_products: {
    columns: {
      snapshot_id: id,
      account_id: id,
      site: name,
      product: name,
      last_active: 'bigint',
      inactive_since: 'bigint',
    },
    key: ['snapshot_id', 'account_id', 'site', 'product'],
    indexes: {
      product: ['snapshot_id', 'product', 'account_id', 'site', 'inactive_since'],
      // This key has the maximum length, so `inactive_since` does not fit.
      activity: ['snapshot_id', 'product', 'site', 'last_active', 'account_id'],
    },
  },
  account_groups: {
    columns: { snapshot_id: id, group_lower: name, account_id: id },
    key: ['snapshot_id', 'group_lower', 'account_id'],
  },
  policies: { columns: { name, doc: 'text' }, key: ['name'] },
  plans: {
    columns: { plan_id: id, created_at: 'bigint', doc: 'text' },
    key: ['plan_id'],
    indexes: { creation: ['created_at', 'plan_id'] },
  },
  plan_parts: { columns: { plan_id: id, part: 'integer', doc: 'text' }, key: ['plan_id', 'part'] },
  runs: {
    columns: {
      run_id: id,
      plan_id: id,
      policy: name,
      status: id,
      started_at: 'bigint',
      revision: 'bigint',
      doc: 'text',
    },
    key: ['run_id'],
    indexes: {
      plan: ['plan_id'],
      start: ['started_at', 'run_id'],
      status: ['status', 'started_at', 'run_id'],
      policy: ['policy', 'started_at', 'run_id'],
    },
    unique: ['plan'],
  },
  steps: {
    columns: { run_id: id, position: 'bigint', account_id: id, state: word, intent_at: 'bigint null', doc: 'text' },
    key: ['run_id', 'position'],
    indexes: { intent: ['intent_at'], account: ['account_id', 'intent_at'] },
  },
  protections: { columns: { subject, doc: 'text' }, key: ['subject'] },
  vetoes: { columns: { account_id: id, run_id: id, doc: 'text' }, key: ['account_id'], indexes: { run: ['run_id'] } },
  lane: { columns: { name: word, token: 'bigint', owner: name, until: 'bigint' }, key: ['name'] },
  settings: { columns: { name, value: 'text' }, key: ['name'] },
  audit: {
    columns: { idx: 'bigint', previous: hash, hash, fact: 'text', subject, personal: 'text null' },
    key: ['idx'],
    indexes: { subject: ['subject'] },
  },
  checkpoints: { columns: { idx: 'bigint', at: 'bigint', why: word, doc: 'text' }, key: ['idx', 'at', 'why'] },
}

/** Throws a `StoreError` when a text is longer than its column, since MySQL may truncate it without an error. */
export function mustFit(table: keyof Schema, row: object): void {
  for (const [column, value] of Object.entries(row)) {
    const longest = Number(/\d+/.exec(tables[table].columns[column] ?? '')?.[0] ?? Infinity)
    if (typeof value === 'string' && value.length > longest && [...value].length > longest)
      throw new StoreError('too-long')
  }
}
