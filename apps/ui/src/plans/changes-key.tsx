// Before an approval: a warning when no API key can make changes.
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
  // A successful check is enough, whichever key it used.
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
