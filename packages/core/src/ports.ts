// The ports: all that core asks of the world outside, one sentence per method.

import type { Account } from './model/account.js'
import type { Change } from './model/change.js'
import type { System } from './model/system.js'
import type { PersonalData } from './model/personal-data.js'
import type { AccountId, PlanId, RunId, SnapshotId, WorkspaceAri } from './model/ids.js'
import type { DirectoryRef, GroupGrant, Organization, Workspace } from './model/organization.js'
import type { Plan, PlanHead } from './model/plan.js'
import type { StoredPolicy } from './model/policy.js'
import type { Protection } from './model/protection.js'
import type { Run, RunStatus } from './model/run.js'
import type { Step } from './model/step.js'
import type { Instant } from './model/time.js'
import type { Snapshot } from './model/snapshot.js'
import type { AuditEntry, AuditFact } from './model/audit-entry.js'
import type { Checkpoint } from './model/checkpoint.js'
import type { Veto } from './model/veto.js'
import type { KeyAbility, KeySlot } from './model/api-key.js'
import type { Lease } from './model/lease.js'
import type { Mark } from './model/mark.js'

/** Atlassian's cloud. Every method throws `DirectoryError` and nothing else. */
export interface Directory {
  /** Reads the organization's id and name. */
  organization(): Promise<Organization>
  /** Lists the directories: one in a centralized organization, one per site in an original one. */
  directories(): Promise<readonly DirectoryRef[]>
  /** Lists every product of every site. */
  workspaces(): Promise<readonly Workspace[]>
  /** Counts the accounts that `readAccounts` will list. */
  countAccounts(): Promise<number>
  /** Counts the used (billable) seats of one workspace. */
  countSeats(workspace: WorkspaceAri): Promise<number>
  /** Reads one page of at most 100 accounts; no cursor in the answer means the last page. */
  readAccounts(
    workspaces: readonly Workspace[],
    cursor?: string,
  ): Promise<{ readonly accounts: readonly Account[]; readonly cursor?: string }>
  /** Reads one account afresh, with its directories and groups. */
  readAccount(accountId: AccountId, workspaces: readonly Workspace[]): Promise<Account>
  /** Lists the groups that grant a role on the workspace, each with everything else that it grants. */
  grantingGroups(workspace: WorkspaceAri): Promise<readonly GroupGrant[]>
  /** Finds groups by exact name, in every directory. */
  groupsNamed(name: string): Promise<readonly GroupGrant[]>
  /** Says when an API token of a managed account was last used; undefined when none ever was. */
  tokenUsedAt(accountId: AccountId): Promise<Instant | undefined>
  /** Says whether the account may be (de)activated; `reason` is Atlassian's own key. */
  lifecycle(accountId: AccountId): Promise<{ readonly allowed: boolean; readonly reason?: string }>
  /** Resolves when the keys may do this, found out by a read that changes nothing. */
  tryKey(ability: KeyAbility): Promise<void>
  /** The last four characters of each key, by which people tell them apart; undefined where there is none of its own. */
  keyEnds(): Readonly<Record<KeySlot, string | undefined>>
  /**
   * Sends one change; resolves when Atlassian has accepted it. `permit` is asked at the last moment, after every
   * wait and before every sending; when it says no, nothing is sent and the answer is `withheld`.
   */
  apply(change: Change, permit: () => Promise<boolean>): Promise<'accepted' | 'withheld'>
  /** Atlassian's time, as its newest answer told it; this machine's before the first one. */
  now(): Instant
  /** Requests sent since this directory was made. */
  requests(): number
}

export type AccountSort = 'accountId' | 'name' | 'lastActive'

/**
 * A page of a snapshot's accounts; `after` is the opaque key of the last row seen. Where both `site` and `product` are
 * asked for, activity is the use of that product on that site, as for a policy with that scope; else it is any use.
 */
export interface AccountQuery {
  readonly snapshotId: SnapshotId
  readonly search?: string
  readonly status?: 'active' | 'suspended' | 'deactivated'
  readonly managed?: boolean
  readonly product?: string
  readonly site?: string
  readonly inGroup?: string
  /** Last active (or joined, for the never-active) before this instant; the unknown never match. */
  readonly inactiveBefore?: Instant
  /** By `lastActive`, the never-active and the unknown come first. */
  readonly sort?: AccountSort
  readonly after?: string
  readonly limit: number
}

export interface AccountPage {
  readonly accounts: readonly Account[]
  readonly next?: string
}

/** A page of the plans, newest first; `after` is the opaque key of the last one seen. */
export interface PlanQuery {
  readonly after?: string
  readonly limit: number
}

/** A page of the runs, newest first; `after` is the opaque key of the last one seen. */
export interface RunQuery extends PlanQuery {
  readonly policy?: string
  readonly statuses?: readonly RunStatus[]
}

/** What Rollcall itself notes on a policy. */
export type PolicyMarks = Partial<Pick<StoredPolicy, 'previewedVersion' | 'previewedIn' | 'firedAt'>>

/** Everything that Rollcall remembers. No method relies on a transaction over statements. */
export interface Store {
  /** Writes or replaces the head of a snapshot; one that is finished is not begun again. */
  putSnapshot(snapshot: Snapshot): Promise<void>
  /** Reads one snapshot's head. */
  snapshot(id: SnapshotId): Promise<Snapshot | undefined>
  /** Lists the heads of the newest finished snapshots, newest first. */
  snapshots(limit: number): Promise<readonly Snapshot[]>
  /** Reads the newest snapshot that was begun and not finished. */
  unfinishedSnapshot(): Promise<Snapshot | undefined>
  /** Writes accounts of a snapshot; the same account written twice is there once. */
  putAccounts(id: SnapshotId, accounts: readonly Account[]): Promise<void>
  /** Reads one page of accounts, by key. */
  accounts(query: AccountQuery): Promise<AccountPage>
  /** Counts what a query matches, and by status. */
  countAccounts(query: Omit<AccountQuery, 'limit' | 'after' | 'sort'>): Promise<number>
  /** Reads one account of a snapshot. */
  account(id: SnapshotId, accountId: AccountId): Promise<Account | undefined>
  /** Reads several accounts of a snapshot, each once and in no order; those that it does not have are left out. */
  someAccounts(id: SnapshotId, accountIds: readonly AccountId[]): Promise<readonly Account[]>
  /** Removes the accounts of every snapshot but these. */
  dropAccountsExcept(ids: readonly SnapshotId[]): Promise<void>

  /**
   * Writes a policy in the place of the one that was read, or where none was; false when somebody else has written it
   * meanwhile. Made a second time after its answer got lost, it undoes nothing that came in between.
   */
  putPolicy(policy: StoredPolicy, read: StoredPolicy | undefined): Promise<boolean>
  /** Sets marks of a policy and nothing else, whatever is written meanwhile; `firedAt` only grows, and a policy that is gone stays gone. */
  markPolicy(name: string, marks: PolicyMarks): Promise<void>
  policies(): Promise<readonly StoredPolicy[]>
  policy(name: string): Promise<StoredPolicy | undefined>
  deletePolicy(name: string): Promise<void>

  /** Stores a plan for good; a plan never changes. */
  putPlan(plan: Plan): Promise<void>
  plan(id: PlanId): Promise<Plan | undefined>
  /** Lists the newest plans first. */
  plans(limit: number): Promise<readonly Plan[]>
  /** Reads a plan without its actions. */
  planHead(id: PlanId): Promise<PlanHead | undefined>
  /** Reads one page of the plans without their actions, newest first, by key. */
  listPlans(query: PlanQuery): Promise<{ readonly plans: readonly PlanHead[]; readonly next?: string }>

  /** Stores a new run; false when the plan already has one. */
  insertRun(run: Run): Promise<boolean>
  /** Replaces a run if its revision is still `run.revision`, which it raises by one; false otherwise. */
  updateRun(run: Run): Promise<boolean>
  run(id: RunId): Promise<Run | undefined>
  runOfPlan(id: PlanId): Promise<Run | undefined>
  /** Lists the newest runs first. */
  runs(limit: number): Promise<readonly Run[]>
  /** Reads one page of the runs, newest first, by key: of one policy, or of some statuses. */
  listRuns(query: RunQuery): Promise<{ readonly runs: readonly Run[]; readonly next?: string }>
  /** Lists all runs of a status, oldest first. */
  runsWith(status: RunStatus): Promise<readonly Run[]>
  /**
   * Writes a step (by run and position) while the lane's token is still this one: in one statement, so that a process
   * which lost the lane writes nothing. False when it did. A step that is terminal never changes again.
   */
  putStep(step: Step, lane: Pick<Lease, 'token'>): Promise<boolean>
  steps(runId: RunId): Promise<readonly Step[]>
  /** Lists the steps on one account over all runs, the newest intent first. */
  stepsOf(accountId: AccountId): Promise<readonly Step[]>
  /** Lists the steps whose intent was written at or after an instant, the newest first. */
  stepsSince(at: Instant): Promise<readonly Step[]>
  /** Counts the intents written at or after an instant, over all runs: the rolling budget. */
  intentsSince(at: Instant): Promise<number>

  protections(): Promise<readonly Protection[]>
  putProtection(protection: Protection): Promise<void>
  /** Deletes an entry as it was read; false when it is gone, or says something else by now. */
  deleteProtection(read: Protection): Promise<boolean>

  vetoes(): Promise<readonly Veto[]>
  /** Writes or replaces the veto of an account. */
  putVeto(veto: Veto): Promise<void>

  /** Claims the lane when it is free, its lease does not run, or it is the owner's; undefined when someone else holds it. */
  claimLease(owner: string, now: Instant, until: Instant): Promise<Lease | undefined>
  /** Reads who holds the lane, expired or not; undefined when it is free. */
  lane(): Promise<Lease | undefined>
  releaseLease(lane: Lease): Promise<void>

  setting(name: string): Promise<string | undefined>
  putSetting(name: string, value: string): Promise<void>
  /** Writes a setting in the place of the value that was read; false when it has another one by now. */
  replaceSetting(name: string, value: string, read: string | undefined): Promise<boolean>
  /** Writes a setting that nobody has set; one that is there stays. */
  insertSetting(name: string, value: string): Promise<void>
}

/** The append-only audit log; nothing in it can update an entry, and nothing can delete one that is not the oldest. */
export interface AuditLog {
  /**
   * Chains the fact to the newest entry and stores it durably, with what names people beside it. Given a lane, it throws
   * `LeaseLost` and stores nothing once the lane is held with another token.
   */
  append(fact: AuditFact, personal?: PersonalData, lane?: Pick<Lease, 'token'>): Promise<AuditEntry>
  /** Reads entries in order, from the one after `after` (0 for the start). */
  read(after: number, limit: number): Promise<readonly AuditEntry[]>
  /** Reads the newest entry. */
  head(): Promise<AuditEntry | undefined>
  /** Erases what stands beside the entries about a subject, and beside others by index; they stay. Says of how many. */
  erase(subject: string, others?: readonly number[]): Promise<number>
  /** Stores a checkpoint durably. */
  addCheckpoint(checkpoint: Checkpoint): Promise<void>
  /** Lists all checkpoints, oldest first. */
  checkpoints(): Promise<readonly Checkpoint[]>
  /** Removes all entries up to an index for which a checkpoint is stored, and no others. */
  prune(index: number): Promise<void>
}

/** Signs checkpoints with Ed25519; keys and signatures are base64. */
export interface Signer {
  publicKey(): Promise<string>
  sign(text: string): Promise<string>
  /** Says whether the signature is of this key over this text; false for what is none. */
  verify(publicKey: string, text: string, signature: string): Promise<boolean>
}

/** Keeps the place of the newest audit entry, outside the database: what a backup of the database does not restore. */
export interface Watermark {
  /** Reads the mark; undefined when there is none. Throws when it cannot be read. */
  read(): Promise<Mark | undefined>
  /** Sets index and hash, unless the mark is further already; a reconciliation stays with it, and `found` goes. */
  raise(to: Pick<Mark, 'index' | 'hash'>): Promise<void>
  /** Replaces the mark, as a whole or not at all. */
  replace(mark: Mark): Promise<void>
}

export interface Ports {
  readonly directory: Directory
  readonly store: Store
  readonly auditLog: AuditLog
  readonly watermark: Watermark
  readonly signer: Signer
  readonly system: System
}
