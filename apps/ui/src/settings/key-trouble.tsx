// What the keys cannot do, in core's words; nothing if the keys can do everything.
import SectionMessage from '@atlaskit/section-message'
import { messages } from '../messages'
import layout from '../parts/layout.module.css'
import { useOperation } from '../parts/use-operation'

const text = messages.settings

export function KeyTrouble() {
  const { data } = useOperation('keys')
  const lacking = (data?.found ?? []).filter(({ can }) => can !== true)
  if (lacking.length === 0) return null
  return (
    <SectionMessage appearance="warning" title={text.trouble} testId="key-trouble">
      <ul className={layout['lines']}>
        {lacking.map(({ ability, what, can, why }) => (
          <li key={ability}>
            {text.lacking(what, can)} {why}
          </li>
        ))}
      </ul>
    </SectionMessage>
  )
}
