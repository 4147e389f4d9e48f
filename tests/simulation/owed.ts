// What is owed: the changes of a run that took something which nobody has given back since.

import type { Change } from '@rollcall/core'
import type { Surroundings } from './surroundings.js'

const resourceOf = (change: Change): string =>
  `${change.accountId} ${'groupId' in change ? change.groupId : 'directoryId' in change ? change.directoryId : ''}`
const takes = ({ kind }: Change): boolean => kind === 'suspend' || kind === 'remove-from-group' || kind === 'deactivate'

/** The taking changes of a run that took effect, and that nobody has reversed or repeated since. */
export function owed({ truth, auditor }: Surroundings, runId: string): readonly Change[] {
  return auditor.effects.flatMap(({ runId: own, at, change }) => {
    if (own !== runId || !takes(change) || auditor.age.hasForgotten(at)) return []
    const last = truth.done.findLast((one) => one.effective && resourceOf(one.change) === resourceOf(change))
    const exists = !('groupId' in change) || truth.organization.groups.some(({ id }) => id === change.groupId)
    const still = last?.at === at && last.by === 'rollcall' && truth.organization.people.has(change.accountId)
    return still && exists ? [change] : []
  })
}
