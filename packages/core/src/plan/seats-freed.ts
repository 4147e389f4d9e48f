// The seats that a plan frees: those that the accounts it takes from hold in its snapshot. A plan never changes, so that of a
// large one they are counted once.

import { z } from 'zod'
import { statusOf } from '../model/account.js'
import { actions } from '../actions/index.js'
import type { Plan } from '../model/plan.js'
import type { Ports } from '../ports.js'

const seatsFreed = z.array(z.object({ site: z.string(), product: z.string(), seats: z.number() }))
export type SeatsFreed = z.output<typeof seatsFreed>[number]

/** So many accounts are read at once, and counted anew each time where a plan has no more. */
const atOnce = 500
const setting = 'seats-freed'
/** Of so many large plans it is remembered. */
const plansRemembered = 20
const rememberedPlans = z.array(z.object({ planId: z.string(), seats: seatsFreed }))

/** What is remembered can be counted again: what cannot be read is none. */
async function remembered({ store }: Ports): Promise<z.output<typeof rememberedPlans>> {
  try {
    return rememberedPlans.parse(JSON.parse((await store.setting(setting)) ?? '[]'))
  } catch (failure) {
    if (failure instanceof SyntaxError || failure instanceof z.ZodError) return []
    throw failure
  }
}

/** Counts per site and product, as the snapshot of the plan knows them; sandboxes have no seats. */
async function counted(plan: Plan, { store }: Ports): Promise<readonly SeatsFreed[]> {
  const snapshot = await store.snapshot(plan.snapshotId)
  if (snapshot === undefined) return []
  const freed = new Map(snapshot.seats.filter(({ sandbox }) => !sandbox).map(({ ari }) => [ari, 0]))
  const ids = [...new Set(plan.actions.map(({ accountId }) => accountId))]
  for (let start = 0; start < ids.length; start += atOnce)
    for (const account of await store.someAccounts(snapshot.id, ids.slice(start, start + atOnce))) {
      if (statusOf(account) !== 'active') continue
      for (const { workspace } of account.products)
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

/** Says how many seats a plan frees, per site and product. */
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
