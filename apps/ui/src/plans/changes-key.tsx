// Asks for the key for changes before somebody approves a plan that could not run.
import SectionMessage from '@atlaskit/section-message'
import { messages } from '../messages'
import layout from '../parts/layout.module.css'
import { useOperation } from '../parts/use-operation'
import { hrefOf } from '../shell/route'

const text = messages.plans

export function ChangesKey() {
  const { data } = useOperation('keys')
  const changes = data?.found.find(({ ability }) => ability === 'changes')
  const own = data?.slots.find(({ slot }) => slot === 'act')?.end ?? null
  // What was tried and found able is enough, whichever key it is.
  if (data === undefined || changes?.can === true || (own !== null && changes?.can !== false)) return null
  return (
    <SectionMessage appearance="warning" testId="act-key">
      <p>
        {changes?.can === false ? text.cannotChange : text.noActKey}{' '}
        <a className={layout['link']} href={hrefOf('settings')}>
          {text.enterKey}
        </a>
      </p>
    </SectionMessage>
  )
}
