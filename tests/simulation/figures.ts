// Figures: no figure on one screen contradicts another one (I13), and they stay true after Rollcall's own changes. A reader
// looks at all screens at one moment, without letting anybody act in between.

import { createApp, runBuckets } from '@rollcall/core'
import { memorySigner } from '@rollcall/core/testing'
import { digest } from './digest.js'
import { owed } from './owed.js'
import type { Surroundings } from './surroundings.js'
import { upstreamOf } from './upstream.js'

const page = 1000
type App = ReturnType<typeof createApp>

function readerOf(world: Surroundings): App {
  const nobody = { name: 'reader', alive: true, clockError: 0, pause: () => Promise.resolve() }
  const ports = {
    directory: upstreamOf(world, nobody),
    store: world.store,
    auditLog: world.log,
    watermark: world.watermark,
    signer: memorySigner({ digest }),
    system: { now: () => world.scheduler.now, newId: () => 'reader', digest, wait: () => Promise.resolve() },
  }
  return createApp(ports, { organizationId: 'org-1' as never, owner: 'reader' })
}

/** Compares the figures of all screens. */
export async function compareFigures(world: Surroundings): Promise<void> {
  const { store, auditor, bites, ledger, truth, tokenOwner } = world
  const [snapshot] = await store.snapshots(1)
  // The lists show the newest snapshot, also one of another organization.
  if (snapshot === undefined || snapshot.organization.id !== 'org-1') return
  const app = readerOf(world)
  const differ = (what: string, one: unknown, other: unknown): void => {
    if (one !== other) auditor.violate(`I13: ${what}: ${String(one)} and ${String(other)}`)
  }
  const overview = await app.overview()
  const total = async (filter: object) => (await app.accounts({ limit: 1, ...filter })).total
  const { people, seats, latestRun } = overview
  differ('accounts on the overview and in the list', people?.total, await total({}))
  for (const status of ['active', 'suspended', 'deactivated'] as const)
    differ(`${status} accounts on the overview and in the list`, people?.[status], await total({ status }))
  // A process that dies between an account and the figures of its snapshot leaves them apart until the next sync.
  const torn = bites['F1 killed after a call'] + bites['F1 killed before a call'] + bites['F20 store cannot be written']
  if (torn === 0)
    for (const { site, product, used, ...rest } of seats) {
      // `listed` counts people; the list also has apps.
      const held = { snapshotId: snapshot.id, site, product, seats: 'held', limit: page } as const
      const holders = (await store.accounts(held)).accounts.filter(({ accountType }) => accountType === 'atlassian')
      differ(
        `people with ${product} on the overview and in the list`,
        'listed' in rest ? rest.listed : used,
        holders.length,
      )
    }
  for (const plan of await store.plans(3)) {
    const summary = await app.planSummary(plan.planId)
    const changed = await app.planAccounts(plan.planId, { part: 'changed', limit: page })
    differ('accounts of a plan and of its page', summary.accounts, changed.people.length)
    differ(
      'accounts of a plan and of its kinds',
      summary.accounts,
      summary.kinds.reduce((sum, one) => sum + one.accounts, 0),
    )
    const { waiting, others } = await app.planList({ limit: page })
    const line = [...waiting, ...others].find(({ planId }) => planId === plan.planId)
    differ('accounts of a plan and of its line', summary.accounts, line?.accounts)
    differ('excluded accounts of a plan and of its line', summary.spared.total, line?.spared)
    const asked = plan.asked === plan.actions.length && plan.actions.some(({ accountId }) => accountId === tokenOwner)
    if (asked && plan.source !== 'undo' && truth.organization.people.get(tokenOwner ?? '')?.managed === true)
      auditor.violate(`I13: a plan offers ${tokenOwner}, whose API token is in use`)
    if (plan.source === 'policy' || plan.source === 'file')
      if (summary.accounts > summary.population) auditor.violate('I13: a plan has more accounts than its population')
  }
  const runs = await app.runList({ limit: 5 })
  differ('the latest run on the overview and in the list', latestRun?.runId, runs.runs[0]?.runId)
  for (const { runId, counts, total: planned, status } of runs.runs) {
    const sum = Object.values(counts).reduce((one, other) => one + other, 0)
    differ('accounts of a run and the sum of its results', planned, sum)
    const { status: also } = await app.runStatus(runId)
    differ('the status of a run in the list and on its page', status, also)
    for (const bucket of runBuckets) {
      const { total: rows } = await app.runPage(runId, { state: bucket, limit: 1 })
      const name = bucket === 'not-attempted' ? 'notAttempted' : bucket
      differ(`${bucket} accounts of a run and of its page`, counts[name], rows)
    }
  }
  differ('the stop switch on the overview and in the ledger', overview.stopped, ledger.stoppedAt !== undefined)
  await trueAfterChanges(world, app)
}

/** What Rollcall has just taken, the lists no longer show, without a new sync. */
async function trueAfterChanges(world: Surroundings, app: App): Promise<void> {
  const { ledger, store, auditor, truth } = world
  const [snapshot] = await store.snapshots(1)
  for (const step of ledger.latest.values()) {
    if (step.state !== 'applied' || step.action !== 'suspend-access' || (step.endedAt ?? 0) < (snapshot?.asOf ?? 0))
      continue
    const still = owed(world, step.runId).filter(({ accountId }) => accountId === step.accountId)
    const person = truth.organization.people.get(step.accountId)
    const statuses = [...(person?.memberships.values() ?? [])]
    if (still.length === 0 || statuses.some((one) => one !== 'suspended')) continue
    const { accounts } = await app.accounts({ search: step.accountId, limit: page })
    const shown = accounts.find(({ accountId }) => accountId === step.accountId)
    if (shown !== undefined && shown.membershipStatus === 'active' && world.weather.nulled === '')
      auditor.violate(`I13: ${step.accountId} was suspended, and the list still shows the account as active`)
  }
}
