// Paid seat: the one definition of who holds one. Lists, plans, limits, freed seats, charts and the overview use it.

import { statusOf, type Account, type ProductAccess } from './account.js'
import type { WorkspaceAri } from './ids.js'
import type { Workspace } from './organization.js'

/** True if a workspace has paid seats: it is no sandbox, and Atlassian does not show it as offline or cancelled. */
export const hasPaidSeats = ({ sandbox, offline }: Pick<Workspace, 'sandbox' | 'offline'>): boolean =>
  !sandbox && offline !== true

/**
 * The products on which an account holds a paid seat: it is an active member, and a group or a role gives it access. A
 * suspended or deactivated account holds none, although its groups still grant products. Having used a product in the
 * past is no access: such products are in `usedOnly`. `products` has only workspaces with paid seats.
 */
export const paidSeatsOf = (account: Account): readonly ProductAccess[] =>
  statusOf(account) === 'active' ? account.products : []

/** True if an account holds a paid seat on one workspace, as `paidSeatsOf` defines it. */
export const holdsPaidSeat = (account: Account, workspace: WorkspaceAri): boolean =>
  paidSeatsOf(account).some((access) => access.workspace === workspace)

/**
 * True if the account has used a workspace that no known group grants, and only its roles could tell whether it still
 * has access. Rollcall neither counts nor plans such access. A read of the single account answers it.
 */
export const mayHaveAccess = ({ usedOnly = [], ownRoles }: Account, place: Partial<ProductAccess>): boolean =>
  ownRoles === undefined &&
  usedOnly.some(
    ({ workspace, site, product }) =>
      (place.workspace ?? workspace) === workspace &&
      (place.site ?? site) === site &&
      (place.product ?? product) === product,
  )
