// The contract of every Store; each check starts with an empty one: heads, plans, runs, steps, lists, the lease.

import { withoutGroups, type Snapshot } from '../../model/snapshot.js'
import { brandId, type PlanId, type RunId } from '../../model/ids.js'
import type { RunQuery, Store } from '../../ports.js'
import type { StoredPolicy } from '../../model/policy.js'
import type { Step } from '../../model/step.js'
import { day } from '../../model/time.js'
import { accountId, plan, plannedActions, policy, run, snapshot, step } from '../builders.js'
import { storeAccountsContract } from './store-accounts.js'
import { storeUsersContract } from './store-users.js'
import { hold, same, type Promised } from './promised.js'
import type { Veto } from '../../model/veto.js'
import type { Lease } from '../../model/lease.js'

const storedPolicy = (name: string, changes: Partial<StoredPolicy> = {}): StoredPolicy => ({
  name,
  policy: policy({ name }),
  version: 'v1',
  enabled: false,
  createdAt: 1,
  ...changes,
})
const planId = brandId<PlanId>('plan-1')
const runId = brandId<RunId>('run-1')
const outcomes = ['applied', 'skipped', 'failed', 'unknown', 'not-attempted'] as const

const snapshots: readonly Promised<Store>[] = [
  {
    promise: 'lists finished snapshots newest first, and reads the newest unfinished one separately',
    async check(store) {
      same([await store.snapshots(9), await store.unfinishedSnapshot()], [[], null], 'an empty store')
      await store.putSnapshot(snapshot({ id: brandId('s1'), startedAt: 1, asOf: 2 }))
      await store.putSnapshot(snapshot({ id: brandId('s2'), startedAt: 3, asOf: 4 }))
      await store.putSnapshot(snapshot({ id: brandId('s3'), startedAt: 5, asOf: undefined, cursor: 'c' }))
      same(
        (await store.snapshots(9)).map(({ id }) => id),
        ['s2', 's1'],
        'finished snapshots',
      )
      same((await store.unfinishedSnapshot())?.cursor, 'c', 'the cursor of the unfinished one')
    },
  },
  {
    promise: 'replaces the head of a snapshot, which may finish it',
    async check(store) {
      await store.putSnapshot(snapshot({ asOf: undefined, complete: false }))
      await store.putSnapshot(snapshot())
      same(await store.snapshots(9), [snapshot()], 'the finished snapshot')
      same(await store.snapshot(snapshot().id), snapshot(), 'the same, by id')
      same(await store.unfinishedSnapshot(), undefined, 'nothing unfinished')
      same(await store.snapshot(brandId('nowhere')), undefined, 'an unknown snapshot')
    },
  },
  {
    promise: 'reads and replaces the head of a finished snapshot without its groups, which stay',
    async check(store) {
      const groups = [{ id: brandId<never>('g'), name: 'users', grants: [brandId<never>('w')], roles: [] }]
      const others = [{ id: brandId<never>('o'), name: 'others', grants: [], roles: [] }]
      const of = { groups, otherGroups: others } as unknown as Pick<Snapshot, 'groups' | 'otherGroups'>
      const whole: Snapshot = { ...snapshot(), ...of }
      await store.putSnapshot(whole)
      same(await store.snapshotHead(whole.id), withoutGroups(whole), 'the head')
      same(
        Object.keys(withoutGroups(whole)).filter((key) => key in of),
        [],
        'what the head has of the groups',
      )
      same(await store.snapshotHeads(9), [withoutGroups(whole)], 'the list of heads')
      await store.putSnapshotHead({ ...withoutGroups(whole), revision: 7 })
      same(await store.snapshots(9), [{ ...whole, revision: 7 }], 'the snapshot with its groups')
      same(await store.snapshotHead(brandId('nowhere')), undefined, 'an unknown snapshot')
      const begun = snapshot({ id: brandId('s2'), asOf: undefined, cursor: 'c' })
      await store.putSnapshot(begun)
      await store.putSnapshotHead({ ...withoutGroups(begun), cursor: 'd' })
      same((await store.unfinishedSnapshot())?.cursor, 'c', 'one that a sync still writes')
    },
  },
  {
    promise: 'lists the snapshots that began before an instant, oldest first, and removes their heads',
    async check(store) {
      await store.putSnapshot(snapshot({ id: brandId('s2'), startedAt: 3, asOf: 4 }))
      await store.putSnapshot(snapshot({ id: brandId('s1'), startedAt: 1, asOf: undefined }))
      await store.putSnapshot(snapshot({ id: brandId('s3'), startedAt: 5, asOf: 6 }))
      const old = await store.snapshotsBefore(5)
      same(old, ['s1', 's2'], 'snapshots before 5')
      await store.dropSnapshots(old)
      same(
        (await store.snapshotHeads(9)).map(({ id }) => id),
        ['s3'],
        'what is left',
      )
      same(await store.unfinishedSnapshot(), undefined, 'nothing unfinished')
    },
  },
]

const lists: readonly Promised<Store>[] = [
  {
    promise: 'lists policies sorted by name',
    async check(store) {
      await store.putPolicy(storedPolicy('b'), undefined)
      await store.putPolicy(storedPolicy('a'), undefined)
      const later = storedPolicy('b', { enabled: true, previewedVersion: 'v1', firedAt: 7 })
      same(await store.putPolicy(later, storedPolicy('b')), true, 'a policy in the place of what was read')
      same(
        (await store.policies()).map(({ name }) => name),
        ['a', 'b'],
        'policies',
      )
      same(await store.policy('b'), storedPolicy('b', { enabled: true, previewedVersion: 'v1', firedAt: 7 }), 'b')
      await store.deletePolicy('b')
      await store.deletePolicy('never there')
      same(await store.policy('b'), undefined, 'a deleted policy')
    },
  },
  {
    promise: 'replaces only the version of a policy that the caller has read, also on a repeated call',
    async check(store) {
      const [disabled, enabled] = [storedPolicy('a'), storedPolicy('a', { enabled: true })]
      same(await store.putPolicy(disabled, undefined), true, 'a new policy')
      same(await store.putPolicy(storedPolicy('a', { firedAt: 1 }), undefined), false, 'one that is there')
      same(await store.putPolicy(enabled, disabled), true, 'enabled')
      same(await store.putPolicy(enabled, disabled), true, 'enabling again after a lost response')
      same(await store.putPolicy(disabled, enabled), true, 'disabled by somebody else')
      same(await store.putPolicy(storedPolicy('a', { firedAt: 2 }), enabled), false, 'over what has changed')
      same(await store.policy('a'), disabled, 'the policy')
    },
  },
  {
    promise: 'replaces only the value of a setting that the caller has read',
    async check(store) {
      same(await store.replaceSetting('switch', 'yes 1', undefined), true, 'a first value')
      same(await store.replaceSetting('switch', 'no 2', 'yes 1'), true, 'the value that was read')
      await store.putSetting('switch', 'yes 3')
      same(await store.replaceSetting('switch', 'no 2', 'yes 1'), false, 'the same again, over a later value')
      same(await store.setting('switch'), 'yes 3', 'the setting')
    },
  },
  {
    promise: 'never makes a finished snapshot unfinished again',
    async check(store) {
      await store.putSnapshot(snapshot())
      await store.putSnapshot(snapshot({ asOf: undefined, complete: false, accounts: 1 }))
      same(await store.snapshots(9), [snapshot()], 'the finished snapshot')
    },
  },
  {
    promise: 'marks a policy without overwriting simultaneous changes, and never moves an occurrence back',
    async check(store) {
      await store.putPolicy(storedPolicy('a', { enabled: true }), undefined)
      const disable = async (): Promise<void> => {
        const found = await store.policy('a')
        // A mark meanwhile changes the policy: then read it again.
        if (found !== undefined && !(await store.putPolicy({ ...found, enabled: false }, found))) await disable()
      }
      await Promise.all([
        disable(),
        ...[3, 9, 5].map((firedAt) => store.setPolicyState('a', { firedAt })),
        store.setPolicyState('a', { previewedVersion: 'v1' }),
      ])
      same((await store.policy('a'))?.enabled, false, 'a policy that was disabled meanwhile')
      for (const firedAt of [3, 9, 5]) await store.setPolicyState('a', { firedAt })
      await store.setPolicyState('a', { previewedVersion: 'v1' })
      await store.setPolicyState('a', {})
      same(await store.policy('a'), storedPolicy('a', { previewedVersion: 'v1', firedAt: 9 }), 'its marks')
      await store.setPolicyState('nowhere', { firedAt: 9 })
      same((await store.policies()).length, 1, 'policies')
    },
  },
  {
    promise: 'keeps the protected list by subject, and returns whether it deleted an entry',
    async check(store) {
      const entry = { subject: 'group:Büro 🦊', reason: 'board', by: 'mia', addedAt: 1 }
      const earlier = { ...entry, until: 5 }
      same(
        [
          await store.putProtection(earlier),
          await store.putProtection({ ...entry, reason: 'without a look' }),
          await store.putProtection(entry, earlier),
          await store.putProtection(entry, earlier),
          await store.putProtection({ ...entry, reason: 'over what has changed' }, earlier),
          await store.putProtection({ ...entry, subject: 'group:gone' }, { ...entry, subject: 'group:gone' }),
        ],
        [true, false, true, true, false, false],
        'entries in the place of what was read',
      )
      same(await store.protections(), [entry], 'the protected list')
      same(
        [
          await store.deleteProtection({ ...entry, addedAt: 2 }),
          await store.deleteProtection(entry),
          await store.deleteProtection(entry),
        ],
        [false, true, false],
        'deletions',
      )
    },
  },
  {
    promise: 'keeps settings by name',
    async check(store) {
      same(await store.setting('a'), undefined, 'an unknown setting')
      await store.putSetting('a', '1')
      await store.putSetting('a', '')
      same(await store.setting('a'), '', 'a setting')
      await store.insertSetting('a', '2')
      await Promise.all(['3', '4', '5'].map((value) => store.insertSetting('b', value)))
      same(await store.setting('a'), '', 'a setting that was there before')
      const once = await store.setting('b')
      await store.insertSetting('b', '6')
      same(await store.setting('b'), once, 'a setting that was written once')
    },
  },
]

const plansAndRuns: readonly Promised<Store>[] = [
  {
    promise:
      'lists plans made before an instant, oldest first and in pages, and removes one with its run and its steps',
    async check(store) {
      const named = (id: string) => brandId<PlanId>(id)
      for (const [id, createdAt] of [
        ['c', 3],
        ['b', 2],
        ['a', 2],
        ['d', 4],
      ] as const)
        // prettier-ignore
        await store.putPlan(plan({ planId: named(id), createdAt, actions: plannedActions(25) }))
      const lease = await claimed(store)
      await store.insertRun(run('run-a', 'a'))
      await store.insertRun(run('run-b', 'b'))
      for (const id of ['run-a', 'run-b'])
        for (let position = 0; position < 25; position += 1) await store.putStep(step(id, position), lease)
      const [first] = await store.plansBefore(4, 1)
      same([first?.planId, first?.accounts], ['a', 25], 'the oldest one')
      same(
        (await store.plansBefore(4, 9, first)).map(({ planId: id }) => id),
        ['b', 'c'],
        'those after it',
      )
      await store.dropPlan(named('a'))
      await store.dropPlan(named('a'))
      const gone = [await store.plan(named('a')), await store.run(brandId('run-a')), await store.runOfPlan(named('a'))]
      same(gone, [undefined, undefined, undefined], 'the removed plan and its run')
      same((await store.steps(brandId('run-a'))).length, 0, 'the steps of the removed run')
      same((await store.plan(named('b')))?.actions.length, 25, 'the actions of the next plan')
      same((await store.steps(brandId('run-b'))).length, 25, 'the steps of its run')
    },
  },
  {
    promise: 'never changes a plan, and lists the newest first',
    async check(store) {
      await store.putPlan(plan())
      await store.putPlan(plan({ madeBy: 'eve', actions: [] }))
      await store.putPlan(plan({ planId: brandId('plan-2'), createdAt: plan().createdAt + 1 }))
      same(await store.plan(planId), plan(), 'the plan as it was made')
      same(
        (await store.plans(9)).map((one) => one.planId),
        ['plan-2', 'plan-1'],
        'plans',
      )
      same((await store.plans(1)).length, 1, 'no more plans than requested')
      same(await store.plan(brandId('nowhere')), undefined, 'an unknown plan')
    },
  },
  {
    promise: 'reads a plan without its actions: their number and the first one',
    async check(store) {
      const target = { site: 'acme.example', product: 'jira-software' }
      const planned = plannedActions(25).map((one, n) => (n === 0 ? { ...one, target } : one))
      for (const [n, actions] of [planned, [], planned.slice(0, 1)].entries()) {
        const whole = plan({ planId: brandId(`plan-${n}`), actions })
        await store.putPlan(whole)
        const { actions: _left, ...rest } = whole
        const first = actions.length === 0 ? {} : { first: { action: 'suspend-access', target } }
        same(await store.planHead(whole.planId), { ...rest, accounts: actions.length, ...first }, 'the head of a plan')
        same(await store.plan(whole.planId), whole, 'the same plan, whole')
      }
      same(await store.planHead(brandId('nowhere')), undefined, 'the head of an unknown plan')
    },
  },
  {
    promise: 'lists plans without their actions in pages, newest first, each once',
    async check(store) {
      const ids = Array.from({ length: 7 }, (_, n) => `plan-${n}`)
      for (const [n, id] of ids.entries())
        await store.putPlan(plan({ planId: brandId(id), createdAt: n >> 1, actions: plannedActions(n) }))
      const seen: unknown[] = []
      for (let after: string | undefined; ;) {
        const page = await store.listPlans({ limit: 3, ...(after === undefined ? {} : { after }) })
        seen.push(...page.plans.map((one) => [one.planId, one.accounts]))
        if (page.next === undefined) break
        await store.putPlan(plan({ planId: brandId(`later-${seen.length}`), createdAt: 9 }))
        after = page.next
      }
      same(seen, ids.map((id, n) => [id, n]).toReversed(), 'plans over all pages, while newer ones come')
      same((await store.listPlans({ limit: 9 })).next, undefined, 'what follows a page that holds them all')
    },
  },
  {
    promise: 'stores one run for one plan, also for simultaneous calls',
    async check(store) {
      const inserted = ['run-1', 'run-2', 'run-3'].map((id) => store.insertRun(run(id, planId)))
      same((await Promise.all(inserted)).filter(Boolean).length, 1, 'runs that were stored')
      same((await store.runs(9)).length, 1, 'runs')
      same((await store.runOfPlan(planId))?.planId, planId, 'the run of the plan')
    },
  },
  {
    promise: 'updates a run only from its newest revision, and raises that by one',
    async check(store) {
      await store.insertRun(run(runId, planId))
      same(await store.updateRun(run(runId, planId, { status: 'finished' })), true, 'the first update')
      same(await store.updateRun(run(runId, planId, { status: 'stopped' })), false, 'an update from an old revision')
      same(await store.run(runId), run(runId, planId, { status: 'finished', revision: 2 }), 'the run')
      same(await store.updateRun(run('nowhere', planId)), false, 'an update of an unknown run')
    },
  },
  {
    promise: 'lists the newest runs first',
    async check(store) {
      for (const n of [1, 2, 3]) await store.insertRun(run(`run-${n}`, `plan-${n}`, { startedAt: n }))
      same(
        (await store.runs(2)).map((one) => one.runId),
        ['run-3', 'run-2'],
        'runs',
      )
    },
  },
  {
    promise: 'lists runs in pages, newest first, each once, also when several began at the same instant',
    async check(store) {
      const ids = Array.from({ length: 7 }, (_, n) => `run-${n}`)
      for (const [n, id] of ids.entries()) await store.insertRun(run(id, `plan-${n}`, { startedAt: n >> 1 }))
      const seen: string[] = []
      for (let after: string | undefined; ;) {
        const page = await store.listRuns({ limit: 2, ...(after === undefined ? {} : { after }) })
        seen.push(...page.runs.map((one) => one.runId))
        if (page.next === undefined) break
        await store.insertRun(run(`later-${seen.length}`, `later-${seen.length}`, { startedAt: 9 }))
        after = page.next
      }
      same(seen, ids.toReversed(), 'runs over all pages, while newer ones come')
      const all = await store.listRuns({ limit: 10 })
      same([all.runs.length, all.next], [10, null], 'a page that holds them all')
    },
  },
  {
    promise: 'lists the runs of one policy, and those that have one of several statuses now',
    async check(store) {
      for (const [n, policy] of ['a', 'A', 'a', undefined, 'a'].entries())
        await store.insertRun(
          run(`run-${n}`, `plan-${n}`, { startedAt: n, ...(policy === undefined ? {} : { policy }) }),
        )
      await store.updateRun(run('run-2', 'plan-2', { startedAt: 2, policy: 'a', status: 'finished' }))
      await store.updateRun(run('run-4', 'plan-4', { startedAt: 4, policy: 'a', status: 'stopped' }))
      const found = async (query: Omit<RunQuery, 'limit'>) =>
        (await store.listRuns({ ...query, limit: 9 })).runs.map((one) => one.runId)
      same(await found({ policy: 'a' }), ['run-4', 'run-2', 'run-0'], 'runs of a policy')
      same(await found({ policy: 'b' }), [], 'runs of a policy without any')
      same(await found({ statuses: ['stopped', 'finished'] }), ['run-4', 'run-2'], 'runs of two statuses')
      same(await found({ policy: 'a', statuses: ['executing'] }), ['run-0'], 'runs of a policy that execute')
      same((await store.listRuns({ policy: 'a', limit: 1 })).runs[0]?.runId, 'run-4', 'the newest run of a policy')
    },
  },
  {
    promise: 'lists every run of a status, oldest first, however many there are',
    async check(store) {
      const ids = Array.from({ length: 130 }, (_, n) => `run-${String(n).padStart(3, '0')}`)
      for (const [n, id] of ids.entries())
        await store.insertRun(
          run(id, `plan-${id}`, { startedAt: n >> 1, status: n % 10 === 0 ? 'stopped' : 'executing' }),
        )
      const found = await store.runsWith('executing')
      same(
        found.map((one) => one.runId),
        ids.filter((_, n) => n % 10 !== 0),
        'executing runs',
      )
      for (const one of found.slice(1)) await store.updateRun({ ...one, status: 'finished' })
      same(await store.runsWith('executing'), found.slice(0, 1), 'those that remain')
      same((await store.runsWith('finished')).length, found.length - 1, 'finished runs')
      same(await store.runsWith('quarantined'), [], 'runs of a status without runs')
    },
  },
]

/** Claims the lease, which every writer of steps needs. */
async function claimed(store: Store): Promise<Lease> {
  const lease = await store.claimLease('worker', 0, 100)
  if (lease === undefined) throw new Error('the lease was not free')
  return lease
}

const steps: readonly Promised<Store>[] = [
  {
    promise: 'replaces a step until it has ended, and never again',
    async check(store) {
      const lease = await claimed(store)
      for (const [position, state] of outcomes.entries()) {
        const stages: readonly Step[] = [
          step(runId, position),
          step(runId, position, { state: 'sent', attempts: 1 }),
          step(runId, position, { state, attempts: 2, reason: 'so it is' }),
          step(runId, position, { state: 'sent', attempts: 3 }),
          step(runId, position, { state: 'applied', attempts: 4 }),
        ]
        for (const stage of stages) same(await store.putStep(stage, lease), true, `writing while the lease is held`)
        same((await store.steps(runId))[position], stages[2], `a step that ended ${state}`)
      }
    },
  },
  {
    promise: 'lists the steps of one run by position',
    async check(store) {
      const lease = await claimed(store)
      for (const position of [10, 9, 0]) await store.putStep(step(runId, position), lease)
      await store.putStep(step('run-2', 1), lease)
      same(
        (await store.steps(runId)).map(({ position }) => position),
        [0, 9, 10],
        'positions',
      )
    },
  },
  {
    promise: 'counts intents at or after an instant, over all runs and all outcomes',
    async check(store) {
      const lease = await claimed(store)
      await store.putStep(step('r1', 0, { intentAt: 99 }), lease)
      await store.putStep(step('r1', 1, { intentAt: 100 }), lease)
      await store.putStep(step('r2', 0, { intentAt: 101, state: 'failed' }), lease)
      await store.putStep(step('r2', 1, { intentAt: undefined, state: 'skipped' }), lease)
      same(await store.intentsSince(100), 2, 'intents since 100')
      same(await store.intentsSince(102), 0, 'intents since 102')
    },
  },
  {
    promise: 'finds steps by account and by the time of their intent, the newest first',
    async check(store) {
      const lease = await claimed(store)
      const ann = { accountId: accountId('ann') }
      const bob = { accountId: accountId('bob') }
      await store.putStep(step('r1', 0, { ...ann, intentAt: 100 }), lease)
      await store.putStep(step('r1', 1, { ...bob, intentAt: 101 }), lease)
      await store.putStep(step('r2', 0, { ...ann, intentAt: 102, state: 'sent' }), lease)
      await store.putStep(step('r2', 0, { ...ann, intentAt: 102, state: 'applied' }), lease)
      await store.putStep(step('r2', 1, { ...ann, intentAt: undefined, state: 'skipped' }), lease)
      const inWords = (found: readonly Step[]) => found.map((one) => `${one.runId} ${one.position} ${one.state}`)
      same(inWords(await store.stepsOf(ann.accountId)), ['r2 0 applied', 'r1 0 intent'], 'steps of one account')
      same(inWords(await store.stepsSince(101)), ['r2 0 applied', 'r1 1 intent'], 'steps since an instant')
      same(await store.stepsOf(accountId('nobody')), [], 'steps of an unknown account')
      const some = await store.stepsOfSome([bob.accountId, ann.accountId, ann.accountId, accountId('nobody')])
      const ofAnn = some.filter((one) => one.accountId === ann.accountId)
      same([some.length, inWords(ofAnn)], [3, ['r2 0 applied', 'r1 0 intent']], 'steps of several accounts')
      same(await store.stepsOfSome([]), [], 'steps of no account')
    },
  },
  {
    promise: 'writes a step only for the process that holds the lease',
    async check(store) {
      const first = await claimed(store)
      same(await store.putStep(step(runId, 0), first), true, 'the first owner')
      const second = await store.claimLease('another', 100, 200)
      hold(second !== undefined, 'the lease is taken over after the lease')
      same(await store.putStep(step(runId, 0, { state: 'sent' }), first), false, 'the first owner, late')
      same(await store.putStep(step(runId, 1), first), false, 'a new step of the first owner, late')
      same(
        (await store.steps(runId)).map(({ state }) => state),
        ['intent'],
        'what is stored',
      )
      same(await store.putStep(step(runId, 0, { state: 'applied' }), second), true, 'the second owner')
      same(await store.putStep(step(runId, 0, { state: 'failed' }), first), false, 'an ended step, late')
      same(
        (await store.steps(runId)).map(({ state }) => state),
        ['applied'],
        'what is stored in the end',
      )
    },
  },
]

const vetoes: readonly Promised<Store>[] = [
  {
    promise: 'keeps the last veto of each account',
    async check(store) {
      const veto = (id: string, times: number): Veto => ({
        accountId: accountId(id),
        action: 'suspend-access',
        runId: brandId('run-1'),
        since: 1,
        until: 9,
        times,
      })
      await store.putVeto(veto('bob', 1))
      await store.putVeto(veto('ann', 1))
      await store.putVeto({ ...veto('bob', 2), until: undefined })
      const listed = (await store.vetoes()).map((one) => `${one.accountId} ${one.times} ${one.until ?? 'for good'}`)
      same(listed, ['ann 1 9', 'bob 2 for good'], 'vetoes')
      same((await store.veto(accountId('bob')))?.times, 2, 'the veto of one account')
      same(await store.veto(accountId('nobody')), undefined, 'the veto of an account without one')
      await store.putVeto({ ...veto('bob', 3), runId: brandId('run-2') })
      const ofRun = async (id: string) => (await store.vetoesOfRun(brandId(id))).map((one) => one.accountId)
      same([await ofRun('run-1'), await ofRun('run-2')], [['ann'], ['bob']], 'the vetoes of each run')
    },
  },
]

const lease: readonly Promised<Store>[] = [
  {
    promise:
      'gives the lease to one owner until it expires or the owner releases it; the token grows with each new owner',
    async check(store) {
      same(await store.lease(), undefined, 'a free lease')
      const first = await store.claimLease('a', 0, 100)
      same(first, { token: 1, owner: 'a', until: 100 }, 'the first claim')
      same(await store.claimLease('b', 99, 200), undefined, 'a claim while the lease runs')
      same(await store.claimLease('a', 50, 150), { token: 1, owner: 'a', until: 150 }, 'a renewal')
      const second = await store.claimLease('b', 150, 250)
      same(second, { token: 2, owner: 'b', until: 250 }, 'a claim after the lease ended')
      hold(first !== undefined && second !== undefined, 'both claims were granted')
      await store.releaseLease(first)
      same(await store.lease(), second, 'the lease after its earlier owner let go of what it no longer had')
      await store.releaseLease(second)
      same(await store.lease(), undefined, 'the lease after its owner let go')
      same((await store.claimLease('a', 151, 300))?.token, 3, 'the next token')
    },
  },
  {
    promise: 'gives a lease to another owner that a wrong clock made longer than any lease lasts',
    async check(store) {
      await store.claimLease('wrong', day, day + 100)
      same((await store.claimLease('right', 0, 100))?.token, 2, 'the token of the next owner')
      same(await store.claimLease('wrong', 50, 150), undefined, 'a claim of the former owner')
    },
  },
  {
    promise: 'gives the lease to one of many simultaneous claims',
    async check(store) {
      const claims = Array.from({ length: 20 }, (_, n) => store.claimLease(`owner-${n}`, 0, 100))
      same((await Promise.all(claims)).filter((one) => one !== undefined).length, 1, 'claims that were granted')
    },
  },
]

/** All promises of the Store port. */
export const storeContract: readonly Promised<Store>[] = [
  ...snapshots,
  ...storeAccountsContract,
  ...storeUsersContract,
  ...lists,
  ...plansAndRuns,
  ...steps,
  ...vetoes,
  ...lease,
]
