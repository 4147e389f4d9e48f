// The status of a plan or a run in the words of the screens. JSON keeps the stored names.

import type { RunStatus } from '@rollcall/core'

export const statusLabels: Readonly<Record<RunStatus, string>> = {
  'awaiting-approval': 'Needs approval',
  quarantined: 'Blocked',
  discarded: 'Discarded',
  executing: 'Running',
  finished: 'Finished',
  stopped: 'Stopped',
  cancelled: 'Cancelled',
}

/** The status after "is". */
export const statusInSentence = (status: RunStatus): string =>
  status === 'awaiting-approval' ? 'waiting for approval' : statusLabels[status].toLowerCase()
