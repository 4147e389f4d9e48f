// Checks of the organization: the stop switch, its identity, and its admins.

import { actions } from '../../actions/index.js'
import { bounds } from '../../model/hard-limits.js'
import { found, type Check } from '../check.js'

export const stopped: Check = (_, context) =>
  context.stopped ? found('The stop switch is on. Find out why, then run "rollcall resume".', 'on', 'off') : undefined

export const wrongOrganization: Check = (
  { organization: { id, name } },
  { organizationId, answering = { id, name } },
) => {
  if (id === organizationId && id === answering.id && name === answering.name) return undefined
  const other = id === organizationId ? `${answering.name} (${answering.id})` : organizationId
  return found(
    `The plan is for ${name} (${id}), this Rollcall is connected to ${other}. Connect the right organization or make a new plan.`,
    other,
    `${name} (${id})`,
  )
}

export const tooFewAdmins: Check = (plan, { snapshot }) => {
  const admins = snapshot?.admins ?? 0
  // What only gives access back cannot cost an admin, and undo has to stay possible.
  if (admins >= bounds.admins || !plan.actions.some(({ action }) => actions[action].removesAccess)) return undefined
  return found(
    `Only ${admins} active organization admins are known; at least ${bounds.admins} have to stay. Make another person organization admin first.`,
    admins,
    bounds.admins,
  )
}
