// The seats that a plan frees: those that its accounts use in its snapshot. A plan never changes, so Rollcall counts the
// seats of a large one only once.

import { z } from 'zod'
import { actions } from '../actions/index.js'
import { hasPaidSeats, paidSeatsOf } from '../model/paid-seat.js'
import type { Plan } from '../model/plan.js'
import type { Ports } from '../ports.js'

const seatsFreed = z.array(z.object({ site: z.string(), product: z.string(), seats: z.number() }))
export type SeatsFreed = z.output<typeof seatsFreed>[number]

/** How many accounts to read at once. A plan with no more than that is counted each time. */
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
async function counted(plan: Plan, { store }: Ports): Promise<readonly SeatsFreed[]> {
  const snapshot = await store.snapshot(plan.snapshotId)
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

/** Counts the seats that a plan frees, per site and product. */
export async function freedBy(plan: Plan, ports: Ports): Promise<readonly SeatsFreed[]> {
  const [first] = plan.actions
  const frees = first === undefined ? 'nothing' : actions[first.action].frees
  if (first === undefined || frees === 'nothing') return []
  if (frees === 'product') {
    const { site = '', product = '' } = first.target
    return [{ site, product, seats: plan.actions.length }]
  }
  return plan.actions.length > atOnce ? countedOnce(plan, ports) : counted(plan, ports)
}
