// Saved filters of the user tables: by name, for everybody who looks after the organization. Nothing acts by them; a policy
// that was made of one stands by itself.

import { z } from 'zod'
import { UsageError } from '../model/errors.js'
import type { Ports } from '../ports.js'
import type { AuditFact } from '../model/audit-entry.js'
import { accountsRequest } from '../model/account-filter.js'

const setting = 'saved-filters'
const [longestName, mostFilters] = [80, 100]
/** So often others may have written in between. */
const tries = 5

const savedFilter = z.strictObject({
  name: z.string().trim().min(1, 'must not be empty').max(longestName, `must be at most ${longestName} characters`),
  filter: accountsRequest.omit({ limit: true, after: true }),
})
/** A filter as accounts are asked for, whatever the page. */
export type SavedFilter = z.output<typeof savedFilter>

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

/** One entry of the list as it is kept; without a filter where this version does not understand it. */
interface Entry {
  readonly kept: unknown
  readonly filter: SavedFilter | undefined
}

const entryOf = (kept: unknown): Entry => ({ kept, filter: savedFilter.safeParse(kept).data })

/** What is no list holds nothing: nobody is acted on by a saved filter. */
function parse(text: string | undefined): readonly Entry[] {
  try {
    return z
      .array(z.unknown())
      .parse(JSON.parse(text ?? '[]'))
      .map(entryOf)
  } catch {
    return []
  }
}

/** The filters that this version understands, by name. */
const shown = (entries: readonly Entry[]): readonly SavedFilter[] =>
  entries.flatMap(({ filter }) => filter ?? []).toSorted((a, b) => a.name.localeCompare(b.name))

/** All but those of a name; what is not understood stays, since another version may have written it. */
const without = (entries: readonly Entry[], name: string): readonly Entry[] =>
  entries.filter(({ filter }) => filter === undefined || !sameName(filter.name, name))

/** Writes the list anew, on top of whatever others have saved meanwhile; the audit log hears of it first, and once. */
async function change(
  next: (entries: readonly Entry[]) => readonly Entry[],
  told: Pick<AuditFact, 'actor' | 'event' | 'subject'>,
  { store, auditLog, system }: Ports,
): Promise<readonly SavedFilter[]> {
  for (let tried = 0; tried < tries; tried += 1) {
    const read = await store.setting(setting)
    const before = parse(read)
    const after = next(before)
    if (after.length === before.length && after.every((entry, index) => entry === before[index])) return shown(before)
    if (tried === 0) await auditLog.append({ ...told, at: system.now() })
    if (await store.replaceSetting(setting, JSON.stringify(after.map(({ kept }) => kept)), read)) return shown(after)
  }
  throw new UsageError('Others are saving filters at the same moment. Nothing was saved; try again.')
}

/** Lists the saved filters by name. */
export const savedFilters = async ({ store }: Pick<Ports, 'store'>): Promise<readonly SavedFilter[]> =>
  shown(parse(await store.setting(setting)))

/** Saves a filter under a name, in the place of the one that has it, and lists all. */
export async function saveFilter(wanted: unknown, by: string, ports: Ports): Promise<readonly SavedFilter[]> {
  const parsed = savedFilter.safeParse(wanted)
  if (!parsed.success)
    throw new UsageError(parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; '))
  const { name } = parsed.data
  const add = (entries: readonly Entry[]) => {
    const others = without(entries, name)
    if (shown(others).length >= mostFilters)
      throw new UsageError(`There are ${mostFilters} saved filters already. Remove one that nobody needs.`)
    return [...others, entryOf(parsed.data)]
  }
  return change(add, { actor: by, event: 'filter-saved', subject: name }, ports)
}

/** Removes a saved filter; one that is gone already is no trouble. */
export const removeFilter = (name: string, by: string, ports: Ports): Promise<readonly SavedFilter[]> =>
  change((entries) => without(entries, name), { actor: by, event: 'filter-removed', subject: name }, ports)
