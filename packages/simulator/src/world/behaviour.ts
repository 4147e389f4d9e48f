// Switches for behaviour of Atlassian that varies, changes or is unknown.

export interface Behaviour {
  /** Simulated milliseconds until the admin API shows a change of an account or a group. */
  lagMs: number
  /** The same for organization-level roles. */
  roleLagMs: number
  /** The simulator refuses older cursors; 0 keeps them forever. */
  cursorLifetimeMs: number
  /** Whether the directory endpoints of v1, which Atlassian removed in 2026, still respond. */
  v1Directory: boolean
  /** Whether adding a member again returns 204 instead of 409. */
  readdGives204: boolean
  /** Whether the admin API lists apps, service accounts and customers as well. */
  listOthers: boolean
  /** Whether there is a paid subscription; invitations need one. */
  paid: boolean
  /** Whether role assignments still contain the deprecated field `roles` beside its replacement. */
  deprecatedRoles: boolean
  /** Whether `managementSource` is null for everybody: Atlassian could not determine it. */
  sourceUnknown: boolean
}

export const defaultBehaviour: Readonly<Behaviour> = {
  lagMs: 0,
  roleLagMs: 0,
  cursorLifetimeMs: 0,
  v1Directory: false,
  readdGives204: false,
  listOthers: false,
  paid: true,
  deprecatedRoles: true,
  sourceUnknown: false,
}

/** Applies the known fields that have the right type; ignores the others. */
export function setBehaviour(behaviour: Behaviour, wanted: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(wanted)) {
    const standard = defaultBehaviour[name as keyof Behaviour]
    if (standard === undefined || typeof value !== typeof standard) continue
    if (typeof value !== 'number' || (Number.isFinite(value) && value >= 0)) Object.assign(behaviour, { [name]: value })
  }
}
