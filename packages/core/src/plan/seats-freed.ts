// The seats that a plan frees: those that its accounts use in its snapshot. Runs change the snapshot, so Rollcall counts
// when it makes the plan; the seats of a large one when somebody first looks at it, and only once.

import { z } from 'zod'
import { actions } from '../actions/index.js'
import { hasPaidSeats, paidSeatsOf } from '../model/paid-seat.js'
import type { Plan, SeatsFreed } from '../model/plan.js'
import type { Ports } from '../ports.js'

const seatsFreed = z.array(z.object({ site: z.string(), product: z.string(), seats: z.number() }))

type Planned = Pick<Plan, 'actions' | 'snapshotId'>

/** How many accounts to read at once. A plan with no more than that is counted when it is made. */
const atOnce = 500
const setting = 'seats-freed'
/** For how many large plans the counts are stored. */
const plansRemembered = 20
const rememberedPlans = z.array(z.object({ planId: z.string(), seats: seatsFreed }))

/** Reads the stored counts. An unreadable value counts as empty: Rollcall can count again. */
async function remembered({ store }: Ports): Promise<z.output<typeof rememberedPlans>> {
  try {
    return rememberedPlans.parse(JSON.parse((await store.setting(setting)) ?? '[]'))
  } catch (failure) {
    if (failure instanceof SyntaxError || failure instanceof z.ZodError) return []
    throw failure
  }
}

/** Counts seats per site and product in the snapshot of the plan; sandboxes have none. */
async function counted(plan: Planned, { store }: Ports): Promise<readonly SeatsFreed[]> {
  const snapshot = await store.snapshotHead(plan.snapshotId)
  if (snapshot === undefined) return []
  const freed = new Map(snapshot.seats.filter(hasPaidSeats).map(({ ari }) => [ari, 0]))
  const ids = [...new Set(plan.actions.map(({ accountId }) => accountId))]
  for (let start = 0; start < ids.length; start += atOnce)
    for (const account of await store.someAccounts(snapshot.id, ids.slice(start, start + atOnce))) {
      for (const { workspace } of paidSeatsOf(account))
        if (freed.has(workspace)) freed.set(workspace, (freed.get(workspace) ?? 0) + 1)
    }
  return snapshot.seats.flatMap(({ ari, site, product }) => {
    const seats = freed.get(ari) ?? 0
    return seats === 0 ? [] : [{ site, product, seats }]
  })
}

async function countedOnce(plan: Plan, ports: Ports): Promise<readonly SeatsFreed[]> {
  const known = await remembered(ports)
  const found = known.find(({ planId }) => planId === plan.planId)
  if (found !== undefined) return found.seats
  const seats = await counted(plan, ports)
  const all = [{ planId: plan.planId, seats }, ...known].slice(0, plansRemembered)
  await ports.store.putSetting(setting, JSON.stringify(all))
  return seats
}

/** The seats of a new plan, to be stored with it; nothing for one that is counted later, or that frees the product it names. */
export async function freedByNew(plan: Planned, ports: Ports): Promise<Pick<Plan, 'frees'>> {
  const [first] = plan.actions
  const counts = first !== undefined && actions[first.action].frees === 'every-product' && plan.actions.length <= atOnce
  return counts ? { frees: await counted(plan, ports) } : {}
}

/** Finds the seats that a plan frees, per site and product. */
export async function freedBy(plan: Plan, ports: Ports): Promise<readonly SeatsFreed[]> {
  if (plan.frees !== undefined) return plan.frees
  const [first] = plan.actions
  const frees = first === undefined ? 'nothing' : actions[first.action].frees
  if (first === undefined || frees === 'nothing') return []
  if (frees === 'product') {
    const { site = '', product = '' } = first.target
    return [{ site, product, seats: plan.actions.length }]
  }
  return plan.actions.length > atOnce ? countedOnce(plan, ports) : counted(plan, ports)
}
