// Saved filters of the user tables: by name, for everybody who looks after the organization. Nothing acts by them; a policy
// that was made of one stands by itself.

import { z } from 'zod'
import { UsageError } from './errors.js'
import type { Ports } from './ports.js'
import { accountsRequest } from './requests.js'

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

/** What cannot be read is none: nobody is acted on by a saved filter. */
function parse(text: string | undefined): readonly SavedFilter[] {
  try {
    return z.array(savedFilter).parse(JSON.parse(text ?? '[]'))
  } catch {
    return []
  }
}

/** Writes the list anew, on top of whatever others have saved meanwhile. */
async function change(
  { store }: Pick<Ports, 'store'>,
  next: (saved: readonly SavedFilter[]) => readonly SavedFilter[],
): Promise<readonly SavedFilter[]> {
  for (let left = tries; left > 0; left -= 1) {
    const read = await store.setting(setting)
    const saved = next(parse(read))
    if (await store.replaceSetting(setting, JSON.stringify(saved), read)) return saved
  }
  throw new UsageError('Others are saving filters at the same moment. Nothing was saved; try again.')
}

/** Lists the saved filters by name. */
export const savedFilters = async ({ store }: Pick<Ports, 'store'>): Promise<readonly SavedFilter[]> =>
  parse(await store.setting(setting))

/** Saves a filter under a name, in the place of the one that has it, and lists all. */
export async function saveFilter(wanted: unknown, ports: Pick<Ports, 'store'>): Promise<readonly SavedFilter[]> {
  const parsed = savedFilter.safeParse(wanted)
  if (!parsed.success)
    throw new UsageError(parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; '))
  const { name } = parsed.data
  return change(ports, (saved) => {
    const others = saved.filter((one) => !sameName(one.name, name))
    if (others.length >= mostFilters)
      throw new UsageError(`There are ${mostFilters} saved filters already. Remove one that nobody needs.`)
    return [...others, parsed.data].toSorted((a, b) => a.name.localeCompare(b.name))
  })
}

/** Removes a saved filter; one that is gone already is no trouble. */
export const removeFilter = (name: string, ports: Pick<Ports, 'store'>): Promise<readonly SavedFilter[]> =>
  change(ports, (saved) => saved.filter((one) => !sameName(one.name, name)))
