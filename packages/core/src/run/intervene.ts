// Interventions: what people do to a run or its plan at any moment. Undo, give back, exclude, cancel, stop.

import { checked } from '../model/checked.js'
import type { OrganizationId, RunId } from '../model/ids.js'
import type { Plan } from '../model/plan.js'
import type { Run } from '../model/run.js'
import { second } from '../model/time.js'
import { excludeRequest, giveBackRequest, type ExcludeRequest, type GiveBackRequest } from '../plan/accounts-of-plan.js'
import { runToGiveBack } from '../plan/give-back.js'
import { makeUndoPlan } from '../plan/make-undo-plan.js'
import type { Ports } from '../ports.js'
import { resume, stop } from '../settings/stop-switch.js'
import { currentRefusals } from './approve.js'
import { cancelRun } from './cancel.js'
import { excludeAccounts } from './exclude-accounts.js'
import { planNamed, runNamed } from './lookup.js'
import { stopRefusedRuns } from './stop-run.js'

interface Given {
  readonly ports: Ports
  readonly organizationId: OrganizationId
  /** Advances a run, or reads back what a cancelled one sent; undefined while another process holds the lease. */
  readonly work: (runId: RunId) => Promise<Run | undefined>
}

/** How long an undo waits for the request in flight: Rollcall reads a change back for half a minute. */
const settleWait = 40 * second

/** Makes the interventions over the ports of an app. */
export function createInterventions({ ports, organizationId, work }: Given) {
  const withRefusals = async (plan: Plan) => ({ plan, refusals: await currentRefusals(plan, organizationId, ports) })
  /** Stops the runs that guard refuses after a change, at once: also during a canary pause. */
  async function thenStop<Done>(change: Promise<Done>): Promise<Done> {
    const done = await change
    await stopRefusedRuns(ports)
    return done
  }
  /** Waits until the open request of a cancelled run has settled, or the process that works on it does not respond. */
  async function settled(run: Run): Promise<Run> {
    for (let waited = 0; waited < settleWait; waited += second) {
      const worked = await work(run.runId)
      if (worked !== undefined && worked.settling !== true) return worked
      await ports.system.wait(second)
    }
    return run
  }
  const interventions = {
    /** Makes the plan that undoes a run. A run that executes is cancelled first, and its request in flight settles. */
    async planUndo(runId: string, by: string) {
      const found = await runNamed(runId, ports)
      const run = found.status === 'executing' ? await settled(await cancelRun(found, by, ports, 'undo')) : found
      return withRefusals(await makeUndoPlan(run, await planNamed(run.planId, ports), by, ports))
    },
    /** Makes the plan that gives access back to some accounts of a run; without a run, what was last taken from one account. */
    async planGiveBack(wanted: GiveBackRequest, by: string) {
      const { runId, accounts } = checked(giveBackRequest, wanted)
      const [first] = accounts
      const run =
        runId === undefined && first !== undefined
          ? await runToGiveBack(first, ports)
          : await runNamed(runId ?? '', ports)
      return withRefusals(await makeUndoPlan(run, await planNamed(run.planId, ports), by, ports, accounts))
    },
    /** Makes a new plan without some accounts, and discards the old one. */
    async exclude(planId: string, wanted: ExcludeRequest, by: string) {
      const { accounts, reason } = checked(excludeRequest, wanted)
      const request = { accounts, reason: reason ?? null, by }
      return withRefusals(await excludeAccounts(await planNamed(planId, ports), request, organizationId, ports))
    },
    /** Ends a run for good, in every status that is not its end. */
    cancel: async (runId: string, by: string, reason?: string) =>
      cancelRun(await runNamed(runId, ports), by, ports, reason),
    /** Stops every run that removes access. Each needs its own approval to go on, also after `resume`. */
    async stop(by: string): Promise<{ readonly entryFollows: boolean }> {
      const { following } = await stop(by, ports)
      if (following === undefined) await stopRefusedRuns(ports)
      // The database is locked: runs already see the mark, and what is stored follows.
      else following.then(() => stopRefusedRuns(ports)).catch(() => undefined)
      return { entryFollows: following !== undefined }
    },
    async resume(by: string) {
      await stopRefusedRuns(ports)
      return resume(by, ports)
    },
  }
  return { thenStop, interventions }
}
