// The status of a plan or a run as a lozenge.
import Lozenge from '@atlaskit/lozenge'
import { messages } from '../messages'

export type RunStatus = keyof typeof messages.run.status

const appearances = {
  'awaiting-approval': 'warning',
  quarantined: 'warning',
  discarded: 'neutral',
  executing: 'information',
  finished: 'success',
  stopped: 'danger',
  cancelled: 'neutral',
} as const satisfies Record<RunStatus, string>

export function RunStatusLabel({ status }: { readonly status: RunStatus }) {
  return <Lozenge appearance={appearances[status]}>{messages.run.status[status]}</Lozenge>
}
