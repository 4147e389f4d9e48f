// Which operations of the database write. The compiler asks for a line when a port gets another operation.

import type { AuditLog, Store } from '@rollcall/core'

type Kinds<Port> = Readonly<Record<keyof Port, 'reads' | 'writes'>>

const store: Kinds<Store> = {
  putSnapshot: 'writes',
  snapshot: 'reads',
  snapshots: 'reads',
  snapshotHead: 'reads',
  snapshotHeads: 'reads',
  putSnapshotHead: 'writes',
  snapshotsBefore: 'reads',
  dropSnapshots: 'writes',
  plansBefore: 'reads',
  dropPlan: 'writes',
  stepsOfSome: 'reads',
  veto: 'reads',
  vetoesOfRun: 'reads',
  unfinishedSnapshot: 'reads',
  putAccounts: 'writes',
  accounts: 'reads',
  countAccounts: 'reads',
  account: 'reads',
  someAccounts: 'reads',
  dropAccountsExcept: 'writes',
  putPolicy: 'writes',
  setPolicyState: 'writes',
  policies: 'reads',
  policy: 'reads',
  deletePolicy: 'writes',
  putPlan: 'writes',
  plan: 'reads',
  plans: 'reads',
  planHead: 'reads',
  listPlans: 'reads',
  insertRun: 'writes',
  updateRun: 'writes',
  run: 'reads',
  runOfPlan: 'reads',
  runs: 'reads',
  listRuns: 'reads',
  runsWith: 'reads',
  putStep: 'writes',
  steps: 'reads',
  stepsOf: 'reads',
  stepsSince: 'reads',
  intentsSince: 'reads',
  protections: 'reads',
  putProtection: 'writes',
  deleteProtection: 'writes',
  vetoes: 'reads',
  putVeto: 'writes',
  claimLease: 'writes',
  lease: 'reads',
  releaseLease: 'writes',
  setting: 'reads',
  putSetting: 'writes',
  replaceSetting: 'writes',
  insertSetting: 'writes',
}

const log: Kinds<AuditLog> = {
  append: 'writes',
  read: 'reads',
  head: 'reads',
  erase: 'writes',
  addCheckpoint: 'writes',
  checkpoints: 'reads',
  prune: 'writes',
}

const kinds: Readonly<Record<string, Readonly<Record<string, 'reads' | 'writes'>>>> = { store, log }

/** Whether an operation of the store or of the audit log writes. */
export const writes = (port: 'store' | 'log', operation: string): boolean => kinds[port]?.[operation] === 'writes'
