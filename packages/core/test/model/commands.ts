// The commands: everything that admins, workers, users and faults can do, each with a few parameters.

import fc from 'fast-check'
import {
  acceptableCodes,
  DirectoryError,
  hour,
  leaseLength,
  minute,
  day,
  type App,
  type DirectoryErrorCode,
  type RefusalCode,
  UsageError,
} from '../../src/index.js'
import { Crash, jira, mainDirectory, policy, wideLimits } from '../../src/testing/index.js'
import { accounts, check, type Model, type Real } from './model.js'

type Perform = (real: Real, model: Model, n: number) => unknown
interface Kind {
  /** Whether it may change accounts at Atlassian. */
  readonly changes?: true
  readonly perform: Perform
}
const by = 'mia'
const forever = { until: Number.MAX_SAFE_INTEGER }
const schedule = { every: '1 day', at: '09:00', timeZone: 'UTC', weekends: true }
const pick = <Item>(items: readonly Item[], n: number): Item | undefined => items[n % Math.max(1, items.length)]
const planOf = async ({ app }: Real, n: number) => pick(await app.plans(5), n)
const runOf = async ({ app }: Real, n: number) => pick(await app.runs(5), n)
const personOf = ({ world }: Real, n: number) => world.organization.people.get(accounts[n % accounts.length] ?? '')

async function approve(real: Real, n: number, accepted: readonly RefusalCode[], wrong = false): Promise<void> {
  const plan = await planOf(real, n)
  if (plan === undefined) return
  const fingerprint = wrong ? 'f'.repeat(64) : plan.fingerprint
  await real.app.approve({ planId: plan.planId, fingerprint, accepted: [...accepted] }, by)
}
async function work({ app }: Real, until = forever, other: App = app): Promise<void> {
  for (const { runId } of await app.executing()) await other.work(runId, until)
}
/** A time slice that ends after the given number of looks at the clock. Each step looks at least once. */
function endingAfter(looks: number): { readonly until: number } {
  let left = looks
  return {
    get until() {
      left -= 1
      return left >= 0 ? Number.MAX_SAFE_INTEGER : 0
    },
  }
}
const codes: readonly DirectoryErrorCode[] = [
  'unavailable',
  'rate-limited',
  'conflict',
  'not-found',
  'unexpected-response',
  'unauthorized',
]

export const kinds: Readonly<Record<string, Kind>> = {
  sync: { perform: ({ app }) => app.sync(by) },
  importPolicy: {
    perform: ({ app }, _, n) =>
      app.importPolicy(
        policy({ schedule, approval: n % 2 ? 'automatic' : 'required', limits: { ...wideLimits, take: 1 + (n % 4) } }),
        by,
      ),
  },
  enable: { perform: ({ app }) => app.enablePolicy(policy().name, by) },
  disable: { perform: ({ app }) => app.disablePolicy(policy().name, by) },
  deletePolicy: { perform: ({ app }) => app.deletePolicy(policy().name, by) },
  planStored: { perform: ({ app }) => app.planStored(policy().name, by) },
  planFile: {
    perform: ({ app }, _, n) =>
      app.planFile(
        policy({ limits: wideLimits, ...(n % 2 ? { scope: 'organization', actions: ['suspend-access'] } : {}) }),
        by,
      ),
  },
  planPicked: {
    perform: ({ app }, _, n) =>
      app.planPicked(
        {
          action: n % 2 ? 'suspend-access' : 'deactivate-account',
          accounts: [accounts[n % 5] ?? '', 'service', 'admin-1'],
        },
        by,
      ),
  },
  approve: { perform: (real, _, n) => approve(real, n, []) },
  approveWrongly: { perform: (real, _, n) => approve(real, n, [], true) },
  approveAccepting: { perform: (real, _, n) => approve(real, n, acceptableCodes) },
  discard: { perform: async (real, _, n) => real.app.discard((await planOf(real, n))?.planId ?? '', by) },
  work: { changes: true, perform: (real) => work(real) },
  workShortly: { changes: true, perform: (real, _, n) => work(real, endingAfter(n % 4)) },
  workElsewhere: {
    changes: true,
    perform: (real) => {
      real.world.system.advance(leaseLength + 1)
      return work(real, forever, real.world.process().app)
    },
  },
  undo: { perform: async (real, _, n) => real.app.planUndo((await runOf(real, n))?.runId ?? '', by) },
  protect: {
    perform: async ({ app }, model, n) => {
      const subject = accounts[n % 5] ?? ''
      await app.protect({ subject, reason: 'leave' }, by)
      model.protectedAt.add(subject)
    },
  },
  unprotect: {
    perform: async ({ app }, model, n) => {
      await app.unprotect(accounts[n % 5] ?? '', by)
      model.protectedAt.delete(accounts[n % 5] ?? '')
    },
  },
  liftVeto: { perform: ({ app }, _, n) => app.liftVeto(accounts[n % 5] ?? '', by) },
  setLimits: { perform: ({ app }, _, n) => app.setLimits({ veto: 7 + (n % 20) }, by) },
  stop: {
    perform: async ({ app }, model) => {
      await app.stop(by)
      model.stopped = true
    },
  },
  resume: {
    perform: async ({ app }, model) => {
      await app.resume(by)
      model.stopped = false
    },
  },
  minutesPass: { perform: ({ world }, _, n) => world.system.advance((1 + (n % 90)) * minute) },
  daysPass: { perform: ({ world }, _, n) => world.system.advance((1 + (n % 9)) * day + hour) },
  somebodyIsActive: {
    perform: (real, model, n) => {
      const person = personOf(real, n)
      if (person === undefined) return
      person.used.set(jira, { kind: 'at', at: real.world.system.now() })
      if (person.groups.has('group-jira-users')) model.activeSince.set(person.accountId, real.world.system.now() + 1)
      real.world.system.advance(2)
    },
  },
  restoredByHand: {
    perform: (real, _, n) => {
      personOf(real, n)?.groups.add('group-jira-users')
      if (personOf(real, n)?.memberships.has(mainDirectory)) personOf(real, n)?.memberships.set(mainDirectory, 'active')
    },
  },
  suspendedByHand: { perform: (real, _, n) => void personOf(real, n)?.memberships.set(mainDirectory, 'suspended') },
  faultAtTheNextCall: {
    perform: ({ world }, _, n) =>
      world.directory.fail({
        operation: n % 3 === 0 ? 'readAccount' : 'apply',
        at: 1 + (n % 2),
        code: codes[n % codes.length] ?? 'unavailable',
        effect: n % 4 === 1 ? 'landed' : n % 4 === 2 ? 'lost' : 'none',
      }),
  },
  killedAtWork: {
    changes: true,
    perform: async (real, _, n) => {
      const mortal = real.world.process({ at: 1 + 2 * n, when: n % 2 ? 'before' : 'after' }, { owner: 'mortal' })
      await work(real, forever, mortal.app)
    },
  },
  fireDue: { perform: ({ app }) => app.fireDue(by) },
  verifyAudit: {
    perform: async ({ app }) => {
      const verified = await app.verifyAudit()
      if (!verified.ok) throw new Error(verified.message)
    },
  },
}
export type KindName = keyof typeof kinds & string

const expected = (error: unknown) =>
  error instanceof UsageError || error instanceof DirectoryError || error instanceof Crash

/** One command of a sequence. */
export class Command implements fc.AsyncCommand<Model, Real> {
  constructor(
    readonly kind: KindName,
    readonly n: number,
  ) {}
  check = () => true
  async run(model: Model, real: Real): Promise<void> {
    const { perform, changes } = kinds[this.kind] as Kind
    const { done, changed } = model.tally
    const count = (map: Map<string, number>) => map.set(this.kind, (map.get(this.kind) ?? 0) + 1)
    const arrived = model.arrived
    try {
      await perform(real, model, this.n)
      count(done)
    } catch (error) {
      if (!expected(error)) throw error
    }
    await check(model, real, changes === true)
    if (model.arrived > arrived) count(changed)
  }
  toString = () => `${this.kind}(${this.n})`
}

/** Arbitrary commands. Commands that start or advance a run are drawn more often. */
const frequent: readonly KindName[] = [
  'sync',
  'planFile',
  'approveAccepting',
  'work',
  'undo',
  'killedAtWork',
  'faultAtTheNextCall',
]
export const commandArbitraries = [...Object.keys(kinds), ...frequent, ...frequent].map((kind) =>
  fc.nat(99).map((n) => new Command(kind, n)),
)
