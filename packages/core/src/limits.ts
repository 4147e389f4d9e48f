// Limits: one table of how far a run may go, each with its default and the bounds that nothing and nobody widens.
// An organization sets its own values; a policy may set them again for itself; the plan carries what came of it.

import { z } from 'zod'
import { orUnreadable, UsageError } from './errors.js'
import type { Ports } from './ports.js'

interface Limit {
  readonly default: number
  readonly least: number
  readonly most: number
  readonly whole: boolean
  /** What it limits, with its unit, for people. */
  readonly what: string
}

const count = (value: number, least: number, most: number, what: string): Limit => ({
  ...{ default: value, least, most, whole: true, what },
})
const share = (value: number, least: number, most: number, what: string): Limit => ({
  ...{ default: value, least, most, whole: false, what },
})

export const limitTable = {
  accounts: count(50, 1, 100_000, 'accounts that one run may touch'),
  percent: share(5, 0.1, 20, 'percent of the population that one run may touch'),
  budget: share(10, 0.1, 20, 'percent of the population that all runs together may touch in 7 days'),
  anomaly: share(5, 0.5, 20, 'points by which the share of quiet accounts may rise from one snapshot to the next'),
  planAge: count(24, 1, 24, 'hours for which a plan may be run'),
  snapshotAge: count(24, 1, 24, 'hours for which a snapshot may be planned on'),
  reading: count(60, 10, 60, 'seconds for which the reading of an account may be acted on'),
  canaryAccounts: count(
    5,
    1,
    1000,
    'accounts with which a run begins, at least, and at most half of a run of more than ten',
  ),
  canaryPercent: share(1, 0, 20, 'percent of its accounts with which a run begins'),
  canaryWait: count(30, 5, 1440, 'minutes for which a scheduled run rests after its first accounts'),
  unknown: share(3, 0.1, 50, 'percent of the accounts of a run that may end unknown before it halts'),
  refused: share(5, 0.1, 50, 'percent of the accounts of a run that Atlassian may refuse before it halts'),
  restored: share(1, 0.1, 5, 'percent of the accounts of a run that people may restore before it halts'),
  veto: count(30, 7, 365, 'days for which an account is left alone after a person restored it'),
} as const satisfies Readonly<Record<string, Limit>>

export type LimitName = keyof typeof limitTable
export type Limits = { readonly [Name in LimitName]: number }
export type SomeLimits = { readonly [Name in LimitName]?: number | undefined }

export const limitNames = Object.keys(limitTable) as readonly LimitName[]
const each = <Value>(value: (limit: Limit, name: LimitName) => Value) =>
  Object.fromEntries(limitNames.map((name) => [name, value(limitTable[name], name)])) as Record<LimitName, Value>

/** The limits of an organization that has set none. */
export const defaultLimits: Limits = each((limit) => limit.default)

const numberOf = ({ least, most, whole, what }: Limit) => {
  const number = z
    .number()
    .min(least, `must be at least ${least}: ${what}`)
    .max(most, `must be at most ${most}: ${what}`)
  return (whole ? number.int(`must be a whole number: ${what}`) : number).optional()
}

/** Each limit as a policy and an organization may set it: within its bounds, or not at all. */
export const limitShape = each(numberOf)
const someLimits = z.strictObject(limitShape)

const given = (limits: SomeLimits): SomeLimits =>
  Object.fromEntries(limitNames.flatMap((name) => (limits[name] === undefined ? [] : [[name, limits[name]]])))

/** The limits that hold: the organization's, and over them what a policy sets for itself; stored before the bounds or not. */
export const resolveLimits = (organization: Limits, own: SomeLimits): Limits =>
  each(({ least, most }, name) => Math.min(Math.max(own[name] ?? organization[name], least), most))

const setting = 'limits'

async function ownLimits({ store }: Pick<Ports, 'store'>): Promise<SomeLimits> {
  const stored = await store.setting(setting)
  if (stored === undefined) return {}
  try {
    return someLimits.parse(JSON.parse(stored))
  } catch {
    throw new UsageError(
      'The limits in the database cannot be read, so nothing runs. Set them again with "rollcall limits".',
    )
  }
}

/** Reads the limits of the organization; throws when they cannot be understood. */
export const readLimits = async (ports: Pick<Ports, 'store'>): Promise<Limits> =>
  resolveLimits(defaultLimits, await ownLimits(ports))

/**
 * Lists the limits with their values and bounds, for people. Where they cannot be read, it says so beside the usual
 * values: whoever sees both can set them again, and nothing runs before.
 */
export async function listLimits(ports: Pick<Ports, 'store'>) {
  const read = await orUnreadable(readLimits(ports))
  const unreadable = 'unreadable' in read ? `${read.unreadable} Until then the usual ones are shown.` : null
  const values = 'unreadable' in read ? defaultLimits : read
  const limits = limitNames.map((name) => {
    const { least, most, whole, what, default: usual } = limitTable[name]
    return { ...{ name, value: values[name], usual, least, most, whole, what } }
  })
  return { limits, unreadable }
}
export type ListedLimits = Awaited<ReturnType<typeof listLimits>>
export type ListedLimit = ListedLimits['limits'][number]

/** Sets limits of the organization and leaves the others; plans made before are refused. */
export async function setLimits(limits: unknown, by: string, ports: Ports): Promise<Limits> {
  const { store, auditLog, system } = ports
  const parsed = someLimits.safeParse(limits)
  if (!parsed.success) {
    const said = parsed.error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(' '))
    throw new UsageError(`${said.join('; ')}. The limits are ${limitNames.join(', ')}.`)
  }
  const earlier = await ownLimits(ports).catch(() => ({}))
  const own = { ...earlier, ...given(parsed.data) }
  await auditLog.append({ at: system.now(), actor: by, event: 'limits-changed', details: { ...given(parsed.data) } })
  await store.putSetting(setting, JSON.stringify(own))
  return resolveLimits(defaultLimits, own)
}
