// People at Atlassian: they work and come back, and other admins suspend accounts or reverse recent changes.

import { brandId, type Change, minute } from '@rollcall/core'
import { jira, mainDirectory } from '@rollcall/core/testing'
import { becomeActive, spoilings } from './truth.js'
import type { Surroundings } from './surroundings.js'

type Deed = (world: Surroundings) => void

/** Rollcall's effective changes that nobody has reversed yet, newest first. */
const ours = ({ truth }: Surroundings): readonly Change[] =>
  truth.done
    .filter(({ by, effective }) => by === 'rollcall' && effective)
    .map(({ change }) => change)
    .toReversed()

const deeds: Readonly<Record<string, Deed>> = {
  active(world) {
    const { random, truth, scheduler, ledger, bites } = world
    const id = random.pick(truth.quiet)
    becomeActive(truth, id, scheduler.now, random)
    const planned = [...ledger.plans.values()].some(({ value }) =>
      value.actions.some(({ accountId }) => accountId === id),
    )
    if (planned) bites['F11 active between plan and apply'] += 1
  },
  suspend(world) {
    const { random, truth, scheduler, bites } = world
    const id = random.pick(truth.quiet)
    const person = truth.organization.people.get(id)
    if (person?.memberships.get(mainDirectory) !== 'active') return
    truth.make({ kind: 'suspend', accountId: id, directoryId: mainDirectory }, 'person', scheduler.now)
    bites['F12 suspended by somebody else'] += 1
  },
  suspendElsewhere(world) {
    const { random, truth, scheduler, bites } = world
    const id = random.pick(truth.quiet)
    const person = truth.organization.people.get(id)
    const [directoryId] = [...(person?.memberships ?? [])].find(([, status]) => status === 'active') ?? []
    if (directoryId === undefined || (person?.memberships.size ?? 0) < 2) return
    truth.make({ kind: 'suspend', accountId: id, directoryId }, 'person', scheduler.now)
    bites['F35 status differs by directory'] += 1
  },
  restore(world) {
    const change = ours(world)[0]
    if (change !== undefined) world.giveBack(change)
  },
  readd(world) {
    const [change] = ours(world)
    if (change !== undefined && world.giveBack(change, world.random.chance(0.5) ? 'person' : 'idp'))
      world.bites['F27 given back by the identity provider'] += 1
  },
  spoil(world) {
    const { random, truth, scheduler } = world
    const id = random.pick(truth.quiet)
    if (!truth.spoilt.has(id)) truth.spoilt.set(id, { kind: random.pick(spoilings), since: scheduler.now })
  },
  dropGroup(world) {
    const { truth } = world
    const groups = truth.organization.groups.filter(({ name }) => name !== 'jira-testers')
    Object.assign(truth.organization, { groups })
  },
  fillSeats(world) {
    const { truth } = world
    const used = [...truth.organization.people.values()].filter((one) =>
      one.groups.has(brandId('group-jira-users')),
    ).length
    const workspaces = truth.organization.workspaces.map((one) => (one.ari === jira ? { ...one, capacity: used } : one))
    Object.assign(truth.organization, { workspaces })
  },
  dropAdmin(world) {
    const { truth, admins, scheduler, bites } = world
    const admin = truth.organization.people.get('admin-2')
    if (admin === undefined || admin.platformRoles.length === 0) return
    Object.assign(admin, { platformRoles: [] })
    admins.push({ at: scheduler.now, count: 1 })
    bites['F23 too few admins'] += 1
  },
  leave(world) {
    const { random, truth } = world
    truth.organization.people.delete(random.pick(truth.quiet))
  },
  reinvite(world) {
    const { random, truth, scheduler } = world
    const person = truth.organization.people.get(random.pick(truth.quiet))
    if (person === undefined) return
    const mine = truth.organization.groups.filter(({ id }) => person.groups.has(id))
    for (const { id: groupId, directoryId } of mine)
      if (person.memberships.has(directoryId))
        truth.make(
          { kind: 'remove-from-group', accountId: person.accountId, directoryId, groupId },
          'person',
          scheduler.now,
        )
    person.groups.clear()
    truth.done.push({
      at: scheduler.now,
      by: 'person',
      effective: true,
      change: { kind: 'restore', accountId: person.accountId, directoryId: mainDirectory },
    })
  },
}

const weights: readonly (readonly [keyof typeof deeds, number])[] = [
  ['active', 6],
  ['suspend', 3],
  ['suspendElsewhere', 3],
  ['restore', 6],
  ['readd', 3],
  ['spoil', 3],
  ['dropGroup', 1],
  ['fillSeats', 1],
  ['dropAdmin', 1],
  ['leave', 1],
  ['reinvite', 1],
]

export const peopleDeeds: readonly string[] = Object.keys(deeds)

/** Does a number of things, at moments that the seed decides. */
export async function livePeople(world: Surroundings, count: number, until: number): Promise<void> {
  const { random, scheduler } = world
  const bag = weights.flatMap(([name, weight]) => Array.from({ length: weight }, () => name))
  for (let n = 0; n < count; n += 1) {
    await scheduler.sleep(
      random.chance(0.5) ? random.between(0, 30 * minute) : random.between(0, (until - scheduler.now) / 2),
    )
    const name = world.focused(random.pick(bag), Object.keys(deeds))
    world.note(`people ${name}`)
    deeds[name]?.(world)
  }
}

/** Removes something that an undo would need. */
export const loseTheWayBack = (world: Surroundings): void =>
  deeds[world.random.pick(['dropGroup', 'fillSeats'])]?.(world)

/** Leaves the organization with one admin. */
export const loseAnAdmin = (world: Surroundings): void => deeds['dropAdmin']?.(world)
