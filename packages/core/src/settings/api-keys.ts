// API keys: until when each holds, and what it was found able to do. Atlassian tells the end of a key to whoever makes it
// and to nobody else, so a person says it here; what a key can do is found out by reads that change nothing.

import { z } from 'zod'
import { UsageError, asDirectoryError } from '../model/errors.js'
import type { Ports } from '../ports.js'
import { Unfinished } from '../model/time-slice.js'
import { day, formatInstant, type Instant } from '../model/time.js'
import { keySlots, type KeySlot, keyAbilities, type KeyAbility } from '../model/api-key.js'

/** What came of trying: `can` is null where nobody could tell, and `why` says what stood in the way. */
export interface KeyFinding {
  readonly ability: KeyAbility
  readonly can: boolean | null
  readonly why: string | null
}

/** Days before the end of a key from which on its warning is that urgent, the nearest first. */
export const keyWarnings = { last: 1, urgent: 7, warning: 14, note: 30 } as const
export type KeyUrgency = keyof typeof keyWarnings

/** The ends of the keys that something is known of; absent in what older versions stored. */
const of = z.object({ read: z.string().optional(), act: z.string().optional() }).optional()
const date = z.iso.date('must be a date such as 2027-01-31').nullable()
/** Dates on which the keys end, by slot; null where nobody knows, absent where nothing changes. */
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

/** What is stored; nothing where it cannot be read, since no key ends later for it. */
async function stored<Schema extends z.ZodType>(name: string, schema: Schema, { store }: Pick<Ports, 'store'>) {
  try {
    return schema.safeParse(JSON.parse((await store.setting(name)) ?? 'null')).data
  } catch (failure) {
    if (failure instanceof SyntaxError) return undefined
    throw failure
  }
}

/** What is known of a key is known of that one: of another in its place, which only the environment changed, it is not. */
const isOf = (known: z.output<typeof of>, slot: KeySlot, { directory }: Pick<Ports, 'directory'>): boolean =>
  known === undefined || known[slot] === directory.keyEnds()[slot]

/** The dates that hold for the keys that are in use. */
async function readExpiry(ports: Ports): Promise<KeyExpiry> {
  const { of: known, ...dates } = (await stored(settings.expiry, expirySchema, ports)) ?? {}
  const slots = slotNames.filter((slot) => dates[slot] !== undefined && isOf(known, slot, ports))
  return Object.fromEntries(slots.map((slot) => [slot, dates[slot]]))
}

/** What was found of the keys that are in use, whole or not at all. */
async function readCheck(ports: Ports) {
  const check = await stored(settings.check, checkSchema, ports)
  return check !== undefined && slotNames.every((slot) => isOf(check.of, slot, ports)) ? check : undefined
}

const dayOf = (at: Instant): number => Math.floor(at / day)

/** Whole days until a date begins, in UTC: the earliest that the key may end. */
const daysUntil = (expires: string, now: Instant): number => dayOf(Date.parse(expires)) - dayOf(now)

/** How urgent it is; null as long as there is time. */
const urgencyOf = (daysLeft: number): KeyUrgency | null =>
  (Object.keys(keyWarnings) as readonly KeyUrgency[]).find((name) => daysLeft <= keyWarnings[name]) ?? null

function warningOf(slot: KeySlot, expires: string, daysLeft: number): string {
  const { what, without } = keySlots[slot]
  const end =
    daysLeft < 0
      ? `ended on ${expires}`
      : daysLeft === 0
        ? 'ends today'
        : `ends in ${daysLeft} ${daysLeft === 1 ? 'day' : 'days'}, on ${expires}`
  return `The ${what} ${end}: then ${without}. Create another one at admin.atlassian.com, then connect with it.`
}

/** Until when both keys hold, and what is to be said about that. */
export async function keyEnds(ports: Ports) {
  const [expiry, now, ends] = [await readExpiry(ports), ports.system.now(), ports.directory.keyEnds()]
  return slotNames.map((slot) => {
    const expires = expiry[slot] ?? null
    const daysLeft = expires === null ? null : daysUntil(expires, now)
    const urgency = daysLeft === null ? null : urgencyOf(daysLeft)
    const warning =
      expires === null || daysLeft === null || urgency === null ? null : warningOf(slot, expires, daysLeft)
    return { slot, what: keySlots[slot].what, end: ends[slot] ?? null, expires, daysLeft, urgency, warning }
  })
}

/** What every screen says: a key ends within a week, or has ended. */
export const urgentKeyWarnings = async (ports: Ports): Promise<readonly string[]> =>
  (await keyEnds(ports)).flatMap(({ warning, urgency }) =>
    warning !== null && (urgency === 'urgent' || urgency === 'last') ? [warning] : [],
  )

/** Describes both keys: until when they hold, and what was found at the last check. */
export async function describeKeys(ports: Ports) {
  const check = await readCheck(ports)
  return {
    slots: await keyEnds(ports),
    checkedAt: check === undefined ? null : formatInstant(check.at),
    found: (check?.found ?? []).map(({ ability, can, why }) => ({ ability, ...keyAbilities[ability], can, why })),
  }
}
export type KeysDescribed = Awaited<ReturnType<typeof describeKeys>>

/** Says on which dates keys end, or with null that nobody knows; the audit log hears of it first. */
export async function setKeyExpiry(input: unknown, by: string, ports: Ports): Promise<KeysDescribed> {
  const parsed = keyExpirySchema.safeParse(input)
  if (!parsed.success)
    throw new UsageError(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
  const { store, auditLog, system, directory } = ports
  const expiry: KeyExpiry = { ...(await readExpiry(ports)), ...parsed.data }
  await auditLog.append({ at: system.now(), actor: by, event: 'key-expiry-set', details: { ...expiry } })
  await store.putSetting(settings.expiry, JSON.stringify({ ...expiry, of: directory.keyEnds() }))
  return describeKeys(ports)
}

async function tried(ability: KeyAbility, { directory }: Ports): Promise<KeyFinding> {
  const failure = await directory.tryKey(ability).then(() => undefined, asDirectoryError)
  if (failure === undefined) return { ability, can: true, why: null }
  const refused = failure.code === 'unauthorized' || failure.code === 'forbidden'
  return { ability, can: refused ? false : null, why: failure.message }
}

/** Finds out what both keys can do, and remembers it. */
export async function checkKeys(by: string, ports: Ports): Promise<KeysDescribed> {
  const { store, auditLog, system, directory } = ports
  const found: KeyFinding[] = []
  for (const ability of abilityNames) found.push(await tried(ability, ports))
  const details = Object.fromEntries(found.map(({ ability, can }) => [ability, can]))
  await auditLog.append({ at: system.now(), actor: by, event: 'keys-checked', details })
  await store.putSetting(settings.check, JSON.stringify({ at: system.now(), found, of: directory.keyEnds() }))
  return describeKeys(ports)
}

/** Takes note of keys that were just entered: their ends, and what they can do, as far as there is time to find out. */
export async function takeKeys(expiry: unknown, by: string, ports: Ports): Promise<KeysDescribed> {
  await setKeyExpiry(expiry, by, ports)
  await ports.store.putSetting(settings.check, 'null')
  try {
    return await checkKeys(by, ports)
  } catch (failure) {
    if (failure instanceof Unfinished) return describeKeys(ports)
    throw failure
  }
}

/** Forgets what was known of keys that are gone. */
export async function forgetKeys({ store }: Pick<Ports, 'store'>): Promise<void> {
  for (const name of Object.values(settings)) await store.putSetting(name, 'null')
}
