// Checks the stop switch, the organization's identity, and its admins.

import { actions } from '../../actions/index.js'
import { bounds } from '../../model/hard-limits.js'
import { found, type Check } from '../check.js'
import { onlyRestores } from '../only-restores.js'

export const stopped: Check = (_, context) =>
  context.stopped ? found('The stop switch is on.', 'on', 'off') : undefined

/** The id and the name of the organization are those of the plan. */
export const wrongOrganization: Check = (plan, { organizationId, connected: shown = plan.organization }) => {
  const { id, name } = plan.organization
  // An undo that only restores access goes back to accounts by their ids: a new name of the organization changes nothing.
  const connected = onlyRestores(plan) ? { id: shown.id, name } : shown
  if (id === organizationId && id === connected.id && name === connected.name) return undefined
  const other = id === organizationId ? `${shown.name} (${shown.id})` : organizationId
  return found(`The plan is for ${name} (${id}), but Rollcall is connected to ${other}.`, other, `${name} (${id})`)
}

export const tooFewAdmins: Check = (plan, { snapshot }) => {
  const admins = snapshot?.admins ?? 0
  // A plan that only restores access removes no admin, and an undo must stay possible.
  if (admins >= bounds.admins || !plan.actions.some(({ action }) => actions[action].removesAccess)) return undefined
  return found(
    `Rollcall knows ${admins} active organization admins; it needs at least ${bounds.admins}.`,
    admins,
    bounds.admins,
  )
}
