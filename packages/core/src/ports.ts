// The ports: everything that core needs from outside, with one sentence per method.

import type { Account, ActivityInAtlassian } from './model/account.js'
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
import type { KnownTime } from './model/known-time.js'
import type { Snapshot, SnapshotHead } from './model/snapshot.js'
import type { AuditEntry, AuditFact } from './model/audit-entry.js'
import type { Checkpoint } from './model/checkpoint.js'
import type { Veto } from './model/veto.js'
import type { KeyAbility, KeySlot } from './model/api-key.js'
import type { Lease } from './model/lease.js'
import type { Mark } from './model/mark.js'
import type { StopMark } from './model/stop-mark.js'

/** Atlassian's cloud. Every method throws `DirectoryError` and nothing else. */
export interface Directory {
  /** Reads the organization's id and name. */
  organization(): Promise<Organization>
  /** Lists the directories: one in a centralized organization, one per site in an original one. */
  directories(): Promise<readonly DirectoryRef[]>
  /** Lists every product of every site. */
  workspaces(): Promise<readonly Workspace[]>
  /** Counts the accounts that `readAccounts` lists. */
  countAccounts(): Promise<number>
  /** Counts the used (billable) seats of one workspace. */
  countSeats(workspace: WorkspaceAri): Promise<number>
  /**
   * Lists the groups that grant a role on the products, each with everything that it grants. `known` are those of the
   * snapshot before: of them, it reads only changed groups again, and some of the others in turn. It stops between two
   * groups when `usedUp` says so; `left` is how many groups are not read yet.
   */
  readGroups(
    workspaces: readonly Workspace[],
    known: readonly GroupGrant[],
    usedUp: () => boolean,
  ): Promise<{ readonly groups: readonly GroupGrant[]; readonly left: number }>
  /** Reads one page of at most 100 accounts, with what `groups` grant them; a response without a cursor is the last page. */
  readAccounts(
    workspaces: readonly Workspace[],
    groups: readonly GroupGrant[],
    cursor?: string,
  ): Promise<{ readonly accounts: readonly Account[]; readonly cursor?: string }>
  /** Reads one page of the managed accounts, each with its last activity in all of Atlassian. */
  readManagedAccounts(
    cursor?: string,
  ): Promise<{ readonly accounts: readonly ActivityInAtlassian[]; readonly cursor?: string }>
  /**
   * Reads the current state of one account, with its directories and with what its own groups grant now. The state is no
   * older than `readingSpan` when it resolves, however long it took to read the groups. Calls `onRequest`, which never
   * throws, before each request.
   */
  readAccount(accountId: AccountId, workspaces: readonly Workspace[], onRequest?: () => Promise<void>): Promise<Account>
  /**
   * Lists the groups that grant a role on the workspace, each with everything that it grants: those of the account that
   * was read last as they are now, and the others of the `known` ones as they were read last.
   */
  grantingGroups(workspace: WorkspaceAri, known: readonly GroupGrant[]): Promise<readonly GroupGrant[]>
  /** Finds groups by exact name, in every directory. */
  groupsNamed(name: string): Promise<readonly GroupGrant[]>
  /** Reads when an API token of a managed account was last used; undefined when none was ever used, `unknown` for an odd date. */
  tokenUsedAt(accountId: AccountId): Promise<Instant | 'unknown' | undefined>
  /** Reads whether Atlassian allows to activate and deactivate the account; `reason` is Atlassian's own key. */
  lifecycle(accountId: AccountId): Promise<{ readonly allowed: boolean; readonly reason?: string }>
  /** Resolves when the keys have this ability. Tries it with a read that changes nothing. */
  tryKey(ability: KeyAbility): Promise<void>
  /** The last four characters of each key, so that people can identify it; undefined when the slot has no key of its own. */
  keySuffixes(): Readonly<Record<KeySlot, string | undefined>>
  /**
   * Sends one change, and resolves when Atlassian has accepted it. Calls `permit` at the last moment, after every wait and
   * before every request; when that resolves to false, it sends nothing and resolves to `withheld`.
   */
  apply(change: Change, permit: () => Promise<boolean>): Promise<'accepted' | 'withheld'>
  /** Atlassian's time, by its newest response; this machine's before the first one, and while the two disagree. */
  now(): Instant
  /** The same, or why the time is unknown: then nobody counts as inactive, and nobody loses access. */
  time(): KnownTime
  /** How many requests this directory has sent. */
  requests(): number
}

export type AccountSort = 'accountId' | 'name' | 'lastActive'

/**
 * A page of a snapshot's accounts; `after` is the opaque key of the last row seen. With both `site` and `product`,
 * activity is the use of that product on that site, as for a policy with that scope; otherwise it is any use.
 */
export interface AccountQuery {
  readonly snapshotId: SnapshotId
  readonly search?: string
  readonly status?: 'active' | 'suspended' | 'deactivated'
  readonly managed?: boolean
  readonly product?: string
  readonly site?: string
  /** With a product or a site: only accounts that hold a paid seat there, or also those whose status is unknown. */
  readonly seats?: 'held' | 'held-or-unknown'
  readonly inGroup?: string
  /** Last active before this instant; never-active accounts match by the day they joined, unknown activity never matches. */
  readonly inactiveBefore?: Instant
  /** By `lastActive`, accounts with no or unknown activity come first. */
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

/** What Rollcall itself stores on a policy. */
export type PolicyState = Partial<Pick<StoredPolicy, 'previewedVersion' | 'previewedIn' | 'firedAt'>>

/** Everything that Rollcall stores. No method needs a transaction over several statements. */
export interface Store {
  /** Writes or replaces the head of a snapshot; a finished snapshot never becomes unfinished again. */
  putSnapshot(snapshot: Snapshot): Promise<void>
  /** Reads one snapshot's head. */
  snapshot(id: SnapshotId): Promise<Snapshot | undefined>
  /** Lists the heads of the newest finished snapshots, newest first. */
  snapshots(limit: number): Promise<readonly Snapshot[]>
  /** Reads one snapshot's head without its groups. */
  snapshotHead(id: SnapshotId): Promise<SnapshotHead | undefined>
  /** Lists the newest finished snapshots without their groups, newest first. */
  snapshotHeads(limit: number): Promise<readonly SnapshotHead[]>
  /** Replaces the head of a finished snapshot, except its groups. */
  putSnapshotHead(head: SnapshotHead): Promise<void>
  /** Lists the snapshots that began before an instant, oldest first. */
  snapshotsBefore(at: Instant): Promise<readonly SnapshotId[]>
  /** Removes the heads of snapshots. */
  dropSnapshots(ids: readonly SnapshotId[]): Promise<void>
  /** Reads the newest unfinished snapshot. */
  unfinishedSnapshot(): Promise<Snapshot | undefined>
  /** Writes accounts of a snapshot. Writing an account again replaces it. */
  putAccounts(id: SnapshotId, accounts: readonly Account[]): Promise<void>
  /** Reads one page of accounts, by key. */
  accounts(query: AccountQuery): Promise<AccountPage>
  /** Counts the accounts that a query matches. */
  countAccounts(query: Omit<AccountQuery, 'limit' | 'after' | 'sort'>): Promise<number>
  /** Reads one account of a snapshot. */
  account(id: SnapshotId, accountId: AccountId): Promise<Account | undefined>
  /** Reads several accounts of a snapshot, each once and in no order; leaves out unknown ids. */
  someAccounts(id: SnapshotId, accountIds: readonly AccountId[]): Promise<readonly Account[]>
  /** Removes the accounts of every snapshot but these. */
  dropAccountsExcept(ids: readonly SnapshotId[]): Promise<void>

  /**
   * Replaces the policy that the caller has read, or creates one where there was none; false when somebody else has
   * written it meanwhile. A repeated call after a lost response overwrites no later change.
   */
  putPolicy(policy: StoredPolicy, read: StoredPolicy | undefined): Promise<boolean>
  /** Sets only the state of a policy, and keeps simultaneous changes. `firedAt` only grows; a deleted policy stays deleted. */
  setPolicyState(name: string, state: PolicyState): Promise<void>
  policies(): Promise<readonly StoredPolicy[]>
  policy(name: string): Promise<StoredPolicy | undefined>
  deletePolicy(name: string): Promise<void>

  /** Stores a plan, which never changes. */
  putPlan(plan: Plan): Promise<void>
  plan(id: PlanId): Promise<Plan | undefined>
  /** Lists the newest plans first. */
  plans(limit: number): Promise<readonly Plan[]>
  /** Reads a plan without its actions. */
  planHead(id: PlanId): Promise<PlanHead | undefined>
  /** Reads one page of the plans without their actions, newest first, by key. */
  listPlans(query: PlanQuery): Promise<{ readonly plans: readonly PlanHead[]; readonly next?: string }>
  /** Lists plans made before an instant without their actions, oldest first, from the one after `after`. */
  plansBefore(at: Instant, limit: number, after?: Pick<PlanHead, 'createdAt' | 'planId'>): Promise<readonly PlanHead[]>
  /** Removes a plan with its actions, its run and the steps of that. A repeated call completes an interrupted one. */
  dropPlan(id: PlanId): Promise<void>

  /** Stores a new run; false when the plan already has one. */
  insertRun(run: Run): Promise<boolean>
  /** Replaces a run if its revision is still `run.revision`, and raises that by one; false otherwise. */
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
   * Writes a step (by run and position) while the lease still has this token: in one statement, so that a process which
   * lost the lease writes nothing. False when it lost the lease. A step that has ended never changes again.
   */
  putStep(step: Step, lease: Pick<Lease, 'token'>): Promise<boolean>
  steps(runId: RunId): Promise<readonly Step[]>
  /** Lists the steps on one account over all runs, the newest intent first. */
  stepsOf(accountId: AccountId): Promise<readonly Step[]>
  /** Lists the steps on several accounts over all runs, for each account the newest intent first. */
  stepsOfSome(accountIds: readonly AccountId[]): Promise<readonly Step[]>
  /** Lists the steps whose intent was written at or after an instant, the newest first. */
  stepsSince(at: Instant): Promise<readonly Step[]>
  /** Counts the intents written at or after an instant, over all runs: the weekly budget. */
  intentsSince(at: Instant): Promise<number>

  protections(): Promise<readonly Protection[]>
  /**
   * Replaces the entry that the caller has read, or adds one where there was none; false when somebody else has written it
   * meanwhile. A repeated call after a lost response overwrites no later change.
   */
  putProtection(protection: Protection, read?: Protection): Promise<boolean>
  /** Deletes the entry that the caller has read; false when it is gone or has changed since. */
  deleteProtection(read: Protection): Promise<boolean>

  vetoes(): Promise<readonly Veto[]>
  /** Reads the veto of one account. */
  veto(accountId: AccountId): Promise<Veto | undefined>
  /** Lists the vetoes of the accounts that a person restored after a change of this run. */
  vetoesOfRun(runId: RunId): Promise<readonly Veto[]>
  /** Writes or replaces the veto of an account. */
  putVeto(veto: Veto): Promise<void>

  /** Claims the lease when it is free, has expired, or is the owner's; undefined when another worker holds it. */
  claimLease(owner: string, now: Instant, until: Instant): Promise<Lease | undefined>
  /** Reads the lease, expired or not; undefined when no worker holds it. */
  lease(): Promise<Lease | undefined>
  releaseLease(lease: Lease): Promise<void>

  setting(name: string): Promise<string | undefined>
  putSetting(name: string, value: string): Promise<void>
  /** Replaces a setting if its value is still the one that the caller has read; false otherwise. */
  replaceSetting(name: string, value: string, read: string | undefined): Promise<boolean>
  /** Writes a setting unless it exists already. */
  insertSetting(name: string, value: string): Promise<void>
}

/** The append-only audit log: no method updates an entry, and only `prune` removes entries, the oldest ones. */
export interface AuditLog {
  /**
   * Chains the fact to the newest entry and stores it durably, with its personal data outside the chain. Given a lease,
   * it throws `LeaseLost` and stores nothing once another token holds the lease.
   */
  append(fact: AuditFact, personal?: PersonalData, lease?: Pick<Lease, 'token'>): Promise<AuditEntry>
  /** Reads entries in order, from the one after `after` (0 for the start). */
  read(after: number, limit: number): Promise<readonly AuditEntry[]>
  /** Reads the newest entry. */
  head(): Promise<AuditEntry | undefined>
  /** Erases the personal data of entries about a subject, and of others by index. The entries stay. Returns their number. */
  erase(subject: string, others?: readonly number[]): Promise<number>
  /** Stores a checkpoint durably. */
  addCheckpoint(checkpoint: Checkpoint): Promise<void>
  /** Lists all checkpoints, oldest first. */
  checkpoints(): Promise<readonly Checkpoint[]>
  /** Removes all entries up to an index that has a checkpoint for it, and no others. */
  prune(index: number): Promise<void>
}

/** Signs checkpoints with Ed25519; keys and signatures are base64. */
export interface Signer {
  publicKey(): Promise<string>
  sign(text: string): Promise<string>
  /** True if the signature is of this key over this text; false for anything that is not a signature. */
  verify(publicKey: string, text: string, signature: string): Promise<boolean>
}

/** Stores index and hash of the newest audit entry outside the database, so that a restored backup does not restore them. */
export interface Watermark {
  /** Reads the mark; undefined when there is none. Throws when it is unreadable. */
  read(): Promise<Mark | undefined>
  /** Sets index and hash, unless the mark has a higher index already. Keeps `reconciled` and removes `found`. */
  raise(to: Pick<Mark, 'index' | 'hash'>): Promise<void>
  /** Replaces the whole mark atomically. */
  replace(mark: Mark): Promise<void>
}

export interface Ports {
  readonly directory: Directory
  readonly store: Store
  readonly auditLog: AuditLog
  readonly watermark: Watermark
  readonly signer: Signer
  readonly system: System
  readonly stopMark?: StopMark
}
