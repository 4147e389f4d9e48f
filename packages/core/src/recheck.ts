// Recheck: judges a freshly read account once more, just before it is touched. Called by carry-out.

import { landed } from './change.js'
import { newestActivity, type Account } from './account.js'
import { actions } from './actions/index.js'
import type { GroupGrant } from './organization.js'
import type { Plan } from './plan.js'
import type { Ports } from './ports.js'
import { protectedBy } from './protection.js'
import { consider } from './select.js'
import type { Step } from './step.js'

/** Reads the groups that a step is about. */
export function groupsFor({ target }: Step, { directory }: Ports): Promise<readonly GroupGrant[]> {
  if (target.group !== undefined) return directory.groupsNamed(target.group)
  const workspace = target.workspace
  return workspace === undefined ? Promise.resolve([]) : directory.grantingGroups(workspace)
}

async function undoSpared(step: Step, account: Account, { store, system }: Ports): Promise<string | undefined> {
  if ((step.target.changes ?? []).every((change) => landed(change, account) === true))
    return 'already-so: nothing left to undo'
  if (!actions[step.action].takes) return undefined
  return protectedBy(account, await store.protections(), system.now())
}

async function planSpared(step: Step, account: Account, plan: Plan, ports: Ports): Promise<string | undefined> {
  const known = plan.actions[step.position]?.lastActive ?? 0
  if (actions[step.action].takes && (newestActivity(account) ?? 0) > known) return 'active since the plan was made'
  const groups = await groupsFor(step, ports)
  const obstacle = actions[step.action].obstacle(account, step.target, groups)
  if (obstacle?.kind === 'already-so') return `already-so: ${obstacle.because}`
  const judgement = consider(account, {
    ...{ scope: plan.scope, action: step.action, target: step.target, requesters: [], now: ports.system.now() },
    conditions: plan.conditions ?? undefined,
    protections: await ports.store.protections(),
    groups,
  })
  return judgement.matched ? undefined : judgement.because
}

/** Finds why a freshly read account is spared after all; undefined when the step may go on. */
export async function recheck(step: Step, account: Account, plan: Plan, ports: Ports): Promise<string | undefined> {
  const spared =
    plan.source === 'undo' ? await undoSpared(step, account, ports) : await planSpared(step, account, plan, ports)
  if (spared !== undefined || !actions[step.action].asksLifecycle) return spared
  const { allowed, reason } = await ports.directory.lifecycle(step.accountId)
  return allowed ? undefined : `Atlassian does not allow it: ${reason ?? 'no reason given'}`
}
