// Checks that the time is known, before anybody loses access.

import { actions } from '../../actions/index.js'
import { describeUnknownTime } from '../../model/known-time.js'
import { formatInstant } from '../../model/time.js'
import { found, type Check } from '../check.js'

export const timeUnknown: Check = (plan, { unknownTime }) => {
  if (unknownTime === undefined || !plan.actions.some(({ action }) => actions[action].removesAccess)) return undefined
  return found(
    `${describeUnknownTime(unknownTime)} Nobody loses access until the two agree again.`,
    formatInstant(unknownTime.machine),
    formatInstant(unknownTime.atlassian),
  )
}
