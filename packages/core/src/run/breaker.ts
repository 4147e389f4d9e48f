// Breaker: decides when a run has so many bad results that it must stop. Pure. Execute calls it.

import { actions as actionsById } from '../actions/index.js'
import { formatCount } from '../model/format-count.js'
import type { Plan } from '../model/plan.js'
import type { Run } from '../model/run.js'
import type { Step } from '../model/step.js'
import type { Veto } from '../model/veto.js'

interface Trouble {
  readonly limit: 'unknown' | 'refused' | 'restored'
  readonly what: string
}
const troubles: readonly Trouble[] = [
  { limit: 'unknown', what: 'ended unknown' },
  { limit: 'refused', what: 'were refused by Atlassian' },
  { limit: 'restored', what: 'were restored by a person' },
]

/** True if Atlassian refused the request itself. A product without free seats does not count. */
const isErrorResponse = ({ state, trouble }: Step): boolean =>
  state === 'failed' && (trouble === 'conflict' || trouble === 'unexpected-response')

/** Says why a run has to stop, with the figure and the limit; undefined while it may continue. */
export function trippedBreaker(
  { actions, limits }: Pick<Plan, 'actions' | 'limits'>,
  { runId: own, judgedFrom = 0 }: Pick<Run, 'runId' | 'judgedFrom'>,
  steps: readonly Step[],
  vetoes: readonly Veto[],
): string | undefined {
  const recent = steps.filter(({ position }) => position >= judgedFrom)
  const reversed = new Set(vetoes.filter(({ runId }) => runId === own).map(({ accountId }) => accountId))
  const counts = {
    unknown: recent.filter(({ state }) => state === 'unknown').length,
    refused: recent.filter(isErrorResponse).length,
    restored: recent.filter(({ accountId, action }) => actionsById[action].removesAccess && reversed.has(accountId))
      .length,
  }
  for (const { limit, what } of troubles) {
    const percent = (100 * counts[limit]) / actions.length
    if (counts[limit] === 0 || percent < limits[limit]) continue
    const figure = `${formatCount(counts[limit])} of ${formatCount(actions.length)} accounts (${Math.round(percent * 10) / 10} %) ${what}`
    return `${figure}; the run stops at ${limits[limit]} %.`
  }
  return undefined
}
