// The selected users: single ones on any page, or all that match the filter.
import { useState } from 'react'

export interface Selection {
  readonly ids: ReadonlySet<string>
  /** Whether all matching users are selected, on every page. */
  readonly all: boolean
  readonly toggle: (id: string) => void
  readonly togglePage: (ids: readonly string[]) => void
  readonly selectAll: () => void
  readonly clear: () => void
}

const none: ReadonlySet<string> = new Set()

/** A new filter clears the selection. */
export function useSelection(filter: string): Selection {
  const [state, setState] = useState({ filter, ids: none, all: false })
  const { ids, all } = state.filter === filter ? state : { ids: none, all: false }
  const set = (next: ReadonlySet<string>, allMatching = false) => setState({ filter, ids: next, all: allMatching })
  return {
    ids,
    all,
    toggle: (id) => set(ids.has(id) ? new Set([...ids].filter((one) => one !== id)) : new Set([...ids, id])),
    togglePage: (page) =>
      set(
        page.every((id) => ids.has(id))
          ? new Set([...ids].filter((id) => !page.includes(id)))
          : new Set([...ids, ...page]),
      ),
    selectAll: () => set(none, true),
    clear: () => set(none),
  }
}
