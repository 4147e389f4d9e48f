// Checks the stop switch, the organization's identity, and its admins.

import { actions } from '../../actions/index.js'
import { bounds } from '../../model/hard-limits.js'
import { found, type Check } from '../check.js'

export const stopped: Check = (_, context) =>
  context.stopped ? found('The stop switch is on.', 'on', 'off') : undefined

export const wrongOrganization: Check = (
  { organization: { id, name } },
  { organizationId, connected = { id, name } },
) => {
  if (id === organizationId && id === connected.id && name === connected.name) return undefined
  const other = id === organizationId ? `${connected.name} (${connected.id})` : organizationId
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
