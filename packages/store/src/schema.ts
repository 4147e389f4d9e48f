// The tables. Each row holds the whole value as a JSON document, and the columns that queries need.
// Instants are epoch milliseconds in bigint; booleans are 0 and 1; no foreign keys (Forge SQL enforces none).

import type { ColumnType } from 'kysely'

/** A bigint column. Some drivers return it as a string, so every reader uses `Number(...)`. */
type Big = ColumnType<number | string | bigint, number, number>

/** 0 or 1, since the dialects have no common boolean. */
export type Flag = 0 | 1

export interface SnapshotRow {
  readonly snapshot_id: string
  readonly started_at: Big
  readonly finished: Flag
  /** The head without its groups. Rows of earlier versions that no migration has split hold them here. */
  readonly doc: string
  /** The groups, which lists never read; null where `doc` holds them. */
  readonly group_grants: string | null
}

export interface AccountRow {
  readonly snapshot_id: string
  readonly account_id: string
  readonly name_lower: string
  readonly search_lower: string
  readonly status: string
  readonly managed: Flag
  /** Epoch milliseconds; 0 when never or unknown, since NULL would not work in the index that sorts. */
  readonly last_active: Big
  readonly last_active_kind: string
  /** When the account was last active anywhere, or joined if never active. Far in the future when unknown. */
  readonly inactive_since: Big
  readonly doc: string
}

export interface AccountProductRow {
  readonly snapshot_id: string
  readonly account_id: string
  readonly site: string
  readonly product: string
  /** As for accounts, but of this product only. */
  readonly last_active: Big
  readonly inactive_since: Big
}

export interface AccountGroupRow {
  readonly snapshot_id: string
  readonly account_id: string
  readonly group_lower: string
}

export interface PolicyRow {
  readonly name: string
  readonly doc: string
}

export interface PlanRow {
  readonly plan_id: string
  readonly created_at: Big
  readonly doc: string
}

/** Some hundred actions of a plan. */
export interface PlanPartRow {
  readonly plan_id: string
  readonly part: number
  readonly doc: string
}

export interface RunRow {
  readonly run_id: string
  readonly plan_id: string
  /** The policy of the plan; empty for accounts picked by hand. */
  readonly policy: string
  readonly status: string
  readonly started_at: Big
  readonly revision: Big
  readonly doc: string
}

export interface StepRow {
  readonly run_id: string
  readonly account_id: string
  readonly position: Big
  readonly state: string
  readonly intent_at: ColumnType<number | string | bigint | null, number | null, number | null>
  readonly doc: string
}

export interface ProtectionRow {
  readonly subject: string
  readonly doc: string
}

export interface VetoRow {
  readonly account_id: string
  readonly run_id: string
  readonly doc: string
}

export interface LaneRow {
  readonly name: string
  readonly token: Big
  readonly owner: string
  readonly until: Big
}

export interface SettingRow {
  readonly name: string
  readonly value: string
}

export interface AuditRow {
  readonly idx: Big
  readonly previous: string
  readonly hash: string
  readonly fact: string
  readonly subject: string
  /** Personal data of the entry; null when there is none, or when it was erased. */
  readonly personal: string | null
}

export interface CheckpointRow {
  readonly idx: Big
  readonly at: Big
  readonly why: string
  readonly doc: string
}

export interface MigrationRow {
  readonly version: string
}

/** The database as Kysely knows it. */
export interface Schema {
  readonly rollcall_migrations: MigrationRow
  readonly snapshots: SnapshotRow
  readonly accounts: AccountRow
  readonly account_products: AccountProductRow
  readonly account_groups: AccountGroupRow
  readonly policies: PolicyRow
  readonly plans: PlanRow
  readonly plan_parts: PlanPartRow
  readonly runs: RunRow
  readonly steps: StepRow
  readonly protections: ProtectionRow
  readonly vetoes: VetoRow
  readonly lane: LaneRow
  readonly settings: SettingRow
  readonly audit: AuditRow
  readonly checkpoints: CheckpointRow
}
