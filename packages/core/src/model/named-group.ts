// A group as somebody named it, and its ids when Rollcall made the plan: a later rename changes no verdict.

import type { GroupId } from './ids.js'
import { sameName } from './same-name.js'

export interface NamedGroup {
  readonly name: string
  readonly ids: readonly GroupId[]
}

export type GroupIdsByName = ReadonlyMap<string, ReadonlySet<GroupId>>

/** The ids by the name as it was written. */
export const idsByName = (groups: readonly NamedGroup[] = []): GroupIdsByName =>
  new Map(groups.map(({ name, ids }) => [name, new Set(ids)]))

/** The ids of one name; undefined when nobody has resolved it. */
export const idsNamed = (groups: readonly NamedGroup[] | undefined, name: string): readonly GroupId[] | undefined =>
  groups?.find((one) => sameName(one.name, name))?.ids
