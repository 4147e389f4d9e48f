// Saved filters of the user tables, shared by all admins. A policy made from a filter is a copy and does not follow it.

import { z } from 'zod'
import { UsageError } from '../model/errors.js'
import { sameName } from '../model/same-name.js'
import type { Ports } from '../ports.js'
import type { AuditFact } from '../model/audit-entry.js'
import { boundedText, issuesInWords } from '../model/input-bounds.js'
import { accountsRequest } from '../model/account-filter.js'

const setting = 'saved-filters'
const mostFilters = 100
/** How often Rollcall tries to save a change when others save at the same time. */
const tries = 5

const savedFilter = z.strictObject({
  name: z.string().trim().pipe(boundedText('filterName')),
  filter: accountsRequest.omit({ limit: true, after: true }),
})
/** A named account filter, without paging. */
export type SavedFilter = z.output<typeof savedFilter>

/** One stored entry. `filter` is undefined when this version does not understand it. */
interface Entry {
  readonly kept: unknown
  readonly filter: SavedFilter | undefined
}

const entryOf = (kept: unknown): Entry => ({ kept, filter: savedFilter.safeParse(kept).data })

/** Reads the stored list. An unreadable list counts as empty, which is safe: no run uses a saved filter. */
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

/** The filters that this version understands, sorted by name. */
const shown = (entries: readonly Entry[]): readonly SavedFilter[] =>
  entries.flatMap(({ filter }) => filter ?? []).toSorted((a, b) => a.name.localeCompare(b.name))

/** The entries without a name. Entries that this version does not understand stay: a newer version may have written them. */
const without = (entries: readonly Entry[], name: string): readonly Entry[] =>
  entries.filter(({ filter }) => filter === undefined || !sameName(filter.name, name))

/** Changes the list on top of what others saved in the meantime. Logs it first, and once. */
async function change(
  next: (entries: readonly Entry[]) => readonly Entry[],
  fact: Pick<AuditFact, 'actor' | 'event' | 'subject'>,
  { store, auditLog, system }: Ports,
): Promise<readonly SavedFilter[]> {
  for (let tried = 0; tried < tries; tried += 1) {
    const read = await store.setting(setting)
    const before = parse(read)
    const after = next(before)
    if (after.length === before.length && after.every((entry, index) => entry === before[index])) return shown(before)
    if (tried === 0) await auditLog.append({ ...fact, at: system.now() })
    if (await store.replaceSetting(setting, JSON.stringify(after.map(({ kept }) => kept)), read)) return shown(after)
  }
  throw new UsageError('Others are saving filters at the same time. Nothing was saved. Try again.')
}

/** Lists the saved filters by name. */
export const savedFilters = async ({ store }: Pick<Ports, 'store'>): Promise<readonly SavedFilter[]> =>
  shown(parse(await store.setting(setting)))

/** Saves a filter, replaces the filter of the same name, and lists all. Throws a `UsageError` for invalid input. */
export async function saveFilter(wanted: unknown, by: string, ports: Ports): Promise<readonly SavedFilter[]> {
  const parsed = savedFilter.safeParse(wanted)
  if (!parsed.success) throw new UsageError(issuesInWords(parsed.error.issues))
  const { name } = parsed.data
  const add = (entries: readonly Entry[]) => {
    const others = without(entries, name)
    if (shown(others).length >= mostFilters)
      throw new UsageError(`There are ${mostFilters} saved filters already. Remove one that you no longer need.`)
    return [...others, entryOf(parsed.data)]
  }
  return change(add, { actor: by, event: 'filter-saved', subject: name }, ports)
}

/** Removes a saved filter and lists the others. Does nothing when there is no such filter. */
export const removeFilter = (name: string, by: string, ports: Ports): Promise<readonly SavedFilter[]> =>
  change((entries) => without(entries, name), { actor: by, event: 'filter-removed', subject: name }, ports)
