// Checks that the time is known, before anybody loses access.

import { actions } from '../../actions/index.js'
import { describeUnknownTime, untilKnown } from '../../model/known-time.js'
import { formatInstant } from '../../model/time.js'
import { found, type Check } from '../check.js'

export const timeUnknown: Check = (plan, { unknownTime }) => {
  if (unknownTime === undefined || !plan.actions.some(({ action }) => actions[action].removesAccess)) return undefined
  return found(
    `${describeUnknownTime(unknownTime)} Nobody loses access until ${untilKnown(unknownTime)}.`,
    formatInstant(unknownTime.machine),
    unknownTime.atlassian === null ? null : formatInstant(unknownTime.atlassian),
  )
}
