// What became of a plan or a run, as a lozenge with the word of the catalogue.
import Lozenge from '@atlaskit/lozenge'
import { messages } from '../messages'

export type Standing = keyof typeof messages.run.status

const appearances = {
  'awaiting-approval': 'warning',
  quarantined: 'warning',
  discarded: 'neutral',
  executing: 'information',
  finished: 'success',
  stopped: 'danger',
} as const satisfies Record<Standing, string>

export function StatusMark({ status }: { readonly status: Standing }) {
  return <Lozenge appearance={appearances[status]}>{messages.run.status[status]}</Lozenge>
}
