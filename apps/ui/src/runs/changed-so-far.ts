// What a run has changed, and how many users it leaves as they are, in sentences.
import type { RunDetails } from '@rollcall/api'
import { messages } from '../messages'
import { formatNumber } from '../parts/format'

const text = messages.runs

/** With `undoable`, also says that an undo restores it. */
export function changedSoFar({ counts }: Pick<RunDetails, 'counts'>, undoable: boolean): string {
  const { applied, unknown, notAttempted } = counts
  return [
    text.changedCount(formatNumber(applied), applied, undoable),
    unknown > 0 ? text.unknownCount(formatNumber(unknown), unknown) : '',
    notAttempted > 0 ? text.untouchedCount(formatNumber(notAttempted), notAttempted) : '',
  ]
    .filter(Boolean)
    .join(' ')
}
