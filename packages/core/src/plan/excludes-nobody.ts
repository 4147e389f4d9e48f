// What should exclude accounts from a plan, and excludes nobody: most likely a mistyped name. A person has to accept it.

import { conditions as known } from '../conditions/index.js'
import type { Account } from '../model/account.js'
import type { ConditionId } from '../model/condition-values.js'
import type { ConditionLeaf } from '../model/policy.js'
import { isInForce, withoutPersonalData } from '../model/protection.js'
import { protectedIndex } from '../model/protected-index.js'
import type { Snapshot } from '../model/snapshot.js'
import { excludingLeaves } from '../policy/condition-tree.js'
import { judge } from '../policy/judge.js'
import type { Ports } from '../ports.js'
import { accountsOf } from '../sync/snapshot-reader.js'
import type { Criteria } from './criteria.js'

const wordsOf = <Id extends ConditionId>({ condition, value }: ConditionLeaf<Id>): string =>
  `not ${known[condition].describe(value)}`

export interface ExclusionWatch {
  readonly see: (account: Account) => void
  /** What has excluded nobody so far, in words. */
  readonly pending: () => readonly string[]
}

/** Watches which exclusions of some criteria fit at least one account. */
export function watchExclusions({ conditions, protections, now, groupIds }: Criteria): ExclusionWatch {
  const leaves = new Set(conditions === undefined ? [] : excludingLeaves(conditions))
  const isChecked = ({ subject }: { readonly subject: string }) => /^(group|email):/.test(subject)
  const entries = new Set(
    protections.filter((entry) => isChecked(entry) && entry.evenIfEmpty !== true && isInForce(entry, now)),
  )
  const index = protectedIndex(protections)
  const around = { now, scope: undefined, ...(groupIds === undefined ? {} : { groupIds }) }
  return {
    see(account) {
      for (const leaf of leaves) if (judge(leaf, account, around).kind === 'match') leaves.delete(leaf)
      if (entries.size > 0) for (const { entry } of index.matching(account)) entries.delete(entry)
    },
    pending: () => [
      ...new Set([
        ...[...leaves].map((leaf) => wordsOf(leaf)),
        ...[...entries].map(({ subject }) => `protected list: ${withoutPersonalData(subject)}`),
      ]),
    ],
  }
}

/** Lists what excludes nobody in the whole snapshot. Reads on only while something is open. */
export async function excludesNobody(
  watch: ExclusionWatch,
  sawEverybody: boolean,
  { id }: Snapshot,
  ports: Ports,
): Promise<readonly string[]> {
  if (!sawEverybody && watch.pending().length > 0)
    for await (const account of accountsOf({ snapshotId: id }, ports)) {
      watch.see(account)
      if (watch.pending().length === 0) break
    }
  return watch.pending()
}
