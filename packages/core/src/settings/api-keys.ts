// API keys: when each expires, and what it can do. Atlassian shows the expiry only where a key is created, so an admin
// enters it here. A check finds out by reads what a key can do; it changes nothing.

import { z } from 'zod'
import { UsageError, asDirectoryError } from '../model/errors.js'
import { issuesInWords } from '../model/input-bounds.js'
import type { Ports } from '../ports.js'
import { Unfinished } from '../model/time-slice.js'
import { day, formatInstant, type Instant } from '../model/time.js'
import { keySlots, type KeySlot, keyAbilities, type KeyAbility } from '../model/api-key.js'

/** The result of one try. `can` is null when the try failed for another reason, which `why` gives. */
export interface KeyFinding {
  readonly ability: KeyAbility
  readonly can: boolean | null
  readonly why: string | null
}

/** How many days before the expiry each urgency starts, the most urgent first. */
export const keyWarnings = { last: 1, urgent: 7, warning: 14, note: 30 } as const
export type KeyUrgency = keyof typeof keyWarnings

/** The last characters of the keys to which the stored values belong. Older versions stored none. */
const of = z.object({ read: z.string().optional(), act: z.string().optional() }).optional()
const date = z.iso.date('must be a date such as 2027-01-31').nullable()
/** Expiry dates by slot: null for unknown, absent for no change. */
export const keyExpirySchema = z.strictObject({ read: date.optional(), act: date.optional() })
type KeyExpiry = z.output<typeof keyExpirySchema>

const slotNames = Object.keys(keySlots) as readonly KeySlot[]
const abilityNames = Object.keys(keyAbilities) as readonly KeyAbility[]
const expirySchema = keyExpirySchema.extend({ of })
const checkSchema = z.object({
  at: z.number(),
  of,
  found: z.array(z.object({ ability: z.enum(abilityNames), can: z.boolean().nullable(), why: z.string().nullable() })),
})
const settings = { expiry: 'key-expiry', check: 'key-check' } as const

/** Reads a stored value. An unreadable value counts as absent: it does not change when a key expires. */
async function stored<Schema extends z.ZodType>(name: string, schema: Schema, { store }: Pick<Ports, 'store'>) {
  try {
    return schema.safeParse(JSON.parse((await store.setting(name)) ?? 'null')).data
  } catch (failure) {
    if (failure instanceof SyntaxError) return undefined
    throw failure
  }
}

/** True if a stored value belongs to the key in use. The environment may have brought another key since. */
const isOf = (known: z.output<typeof of>, slot: KeySlot, { directory }: Pick<Ports, 'directory'>): boolean =>
  known === undefined || known[slot] === directory.keySuffixes()[slot]

/** The expiry dates of the keys in use. */
async function readExpiry(ports: Ports): Promise<KeyExpiry> {
  const { of: known, ...dates } = (await stored(settings.expiry, expirySchema, ports)) ?? {}
  const slots = slotNames.filter((slot) => dates[slot] !== undefined && isOf(known, slot, ports))
  return Object.fromEntries(slots.map((slot) => [slot, dates[slot]]))
}

/** The last check, if it tried the keys in use. */
async function readCheck(ports: Ports) {
  const check = await stored(settings.check, checkSchema, ports)
  return check !== undefined && slotNames.every((slot) => isOf(check.of, slot, ports)) ? check : undefined
}

const dayOf = (at: Instant): number => Math.floor(at / day)

/** Whole days until a date begins in UTC: the earliest that the key can expire. */
const daysUntil = (expires: string, now: Instant): number => dayOf(Date.parse(expires)) - dayOf(now)

/** The urgency; null while there is more time than any warning covers. */
const urgencyOf = (daysLeft: number): KeyUrgency | null =>
  (Object.keys(keyWarnings) as readonly KeyUrgency[]).find((name) => daysLeft <= keyWarnings[name]) ?? null

const dateInWords = (date: string, withYear: boolean): string =>
  new Date(date).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
    ...(withYear ? { year: 'numeric' } : {}),
  })

/** Says when a key expires and what stops then. Each host adds where to enter a new key. */
export function keyExpiryInWords({
  slot,
  expires,
  daysLeft,
}: {
  slot: KeySlot
  expires: string
  daysLeft: number
}): string {
  const { name, without } = keySlots[slot]
  if (daysLeft < 0) return `The ${name} expired on ${dateInWords(expires, true)}. Without it, ${without}.`
  const left = daysLeft === 0 ? 'today' : daysLeft === 1 ? 'in 1 day' : `in ${daysLeft} days`
  return `The ${name} expires on ${dateInWords(expires, false)} (${left}). After that, ${without}.`
}

/** When both keys expire, with a warning when that is soon. */
export async function keyExpiries(ports: Ports) {
  const [expiry, now, ends] = [await readExpiry(ports), ports.system.now(), ports.directory.keySuffixes()]
  return slotNames.map((slot) => {
    const expires = expiry[slot] ?? null
    const daysLeft = expires === null ? null : daysUntil(expires, now)
    const urgency = daysLeft === null ? null : urgencyOf(daysLeft)
    const warning =
      expires === null || daysLeft === null || urgency === null ? null : keyExpiryInWords({ slot, expires, daysLeft })
    return { slot, what: keySlots[slot].what, end: ends[slot] ?? null, expires, daysLeft, urgency, warning }
  })
}

/** Only the page shows these warnings. */
const howToReplace = 'Create a new key and enter it under Settings → Connection.'

/** The warnings that every screen shows: a key expires within a week, or has expired. */
export const urgentKeyWarnings = async (ports: Ports): Promise<readonly string[]> =>
  (await keyExpiries(ports)).flatMap(({ warning, urgency }) =>
    warning !== null && (urgency === 'urgent' || urgency === 'last') ? [`${warning} ${howToReplace}`] : [],
  )

/** Describes both keys: when they expire, and what the last check found. */
export async function describeKeys(ports: Ports) {
  const check = await readCheck(ports)
  return {
    slots: await keyExpiries(ports),
    checkedAt: check === undefined ? null : formatInstant(check.at),
    found: (check?.found ?? []).map(({ ability, can, why }) => ({ ability, ...keyAbilities[ability], can, why })),
  }
}
export type KeysDescribed = Awaited<ReturnType<typeof describeKeys>>

/** How often Rollcall tries to save a change when others save at the same time. */
const tries = 5

/** Stores when keys expire, on top of what others saved in the meantime. Logs it first, and once. Throws a `UsageError` for an invalid date. */
export async function setKeyExpiry(input: unknown, by: string, ports: Ports): Promise<KeysDescribed> {
  const parsed = keyExpirySchema.safeParse(input)
  if (!parsed.success) throw new UsageError(issuesInWords(parsed.error.issues))
  const { store, auditLog, system, directory } = ports
  for (let tried = 0; tried < tries; tried += 1) {
    // Read before the dates: when others save in between, the replacement fails and is tried again.
    const read = await store.setting(settings.expiry)
    const expiry: KeyExpiry = { ...(await readExpiry(ports)), ...parsed.data }
    if (tried === 0)
      await auditLog.append({ at: system.now(), actor: by, event: 'key-expiry-set', details: { ...expiry } })
    const next = JSON.stringify({ ...expiry, of: directory.keySuffixes() })
    if (await store.replaceSetting(settings.expiry, next, read)) return describeKeys(ports)
  }
  throw new UsageError('Others are setting the expiry of keys at the same time. Nothing was saved. Try again.')
}

async function tried(ability: KeyAbility, { directory }: Ports): Promise<KeyFinding> {
  const failure = await directory.tryKey(ability).then(() => undefined, asDirectoryError)
  if (failure === undefined) return { ability, can: true, why: null }
  const refused = failure.code === 'unauthorized' || failure.code === 'forbidden'
  return { ability, can: refused ? false : null, why: failure.message }
}

/** Checks what both keys can do, logs the result and stores it. */
export async function checkKeys(by: string, ports: Ports): Promise<KeysDescribed> {
  const { store, auditLog, system, directory } = ports
  const found: KeyFinding[] = []
  for (const ability of abilityNames) found.push(await tried(ability, ports))
  const details = Object.fromEntries(found.map(({ ability, can }) => [ability, can]))
  await auditLog.append({ at: system.now(), actor: by, event: 'keys-checked', details })
  await store.putSetting(settings.check, JSON.stringify({ at: system.now(), found, of: directory.keySuffixes() }))
  return describeKeys(ports)
}

/** Stores the expiry of keys that an admin just entered, and checks them as far as the time slice allows. */
export async function recordNewKeys(expiry: unknown, by: string, ports: Ports): Promise<KeysDescribed> {
  await setKeyExpiry(expiry, by, ports)
  await ports.store.putSetting(settings.check, 'null')
  try {
    return await checkKeys(by, ports)
  } catch (failure) {
    if (failure instanceof Unfinished) return describeKeys(ports)
    throw failure
  }
}

/** Deletes the stored values of removed keys. */
export async function deleteKeyRecords({ store }: Pick<Ports, 'store'>): Promise<void> {
  for (const name of Object.values(settings)) await store.putSetting(name, 'null')
}
