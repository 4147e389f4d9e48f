// How many accounts each entry of the protected list covers: an entry that covers nobody was most likely mistyped.

import { protectedDigest } from '../guard/digests.js'
import { brandId, type AccountId, type SnapshotId } from '../model/ids.js'
import { protectedIndex } from '../model/protected-index.js'
import type { Protection } from '../model/protection.js'
import { versionOf } from '../model/snapshot.js'
import type { Ports } from '../ports.js'
import { accountsOf } from '../sync/snapshot-reader.js'

type Counts = ReadonlyMap<string, number>
interface Listed {
  readonly subject: string
}

const isAccount = ({ subject }: Listed): boolean => !/^(group|email):/.test(subject)

/** Counts the accounts that each group and each pattern covers, in one pass. A hidden address counts for no pattern. */
async function countAll(list: readonly Protection[], id: SnapshotId, ports: Ports): Promise<Counts> {
  const counts = new Map<string, number>()
  const index = protectedIndex(list)
  for await (const account of accountsOf({ snapshotId: id }, ports))
    for (const subject of new Set(index.matching(account).map(({ entry }) => entry.subject)))
      counts.set(subject, (counts.get(subject) ?? 0) + 1)
  return counts
}

/**
 * Adds to entries how many accounts of the newest snapshot they cover; null before the first sync. Remembers the counts of
 * groups and patterns for a version of the snapshot and of the list: runs change a snapshot.
 */
export function coverageOf(ports: Ports) {
  let remembered: { readonly key: string; readonly counts: Counts } | undefined
  return async <Entry extends Listed>(
    entries: readonly Entry[],
    list: readonly Protection[],
  ): Promise<readonly (Entry & { readonly covers: number | null })[]> => {
    const { store } = ports
    const [snapshot] = entries.length === 0 ? [] : await store.snapshotHeads(1)
    if (snapshot === undefined) return entries.map((entry) => ({ ...entry, covers: null }))
    const ids = entries.filter(isAccount).map(({ subject }) => brandId<AccountId>(subject))
    const found = ids.length === 0 ? [] : await store.someAccounts(snapshot.id, ids)
    const known = new Set<string>(found.map(({ accountId }) => accountId))
    const others = list.filter((entry) => !isAccount(entry))
    const key = `${versionOf(snapshot)} ${await protectedDigest(others, ports)}`
    if (ids.length < entries.length && remembered?.key !== key)
      remembered = { key, counts: await countAll(others, snapshot.id, ports) }
    const counts = remembered?.counts
    const covers = (entry: Entry) =>
      isAccount(entry) ? Number(known.has(entry.subject)) : (counts?.get(entry.subject) ?? 0)
    return entries.map((entry) => ({ ...entry, covers: covers(entry) }))
  }
}
export type Coverage = ReturnType<typeof coverageOf>
