// What needs an admin, most urgent first, each with a link.
import { messages } from '../messages'
import { withNextStep } from '../messages/next-step'
import { Card } from '../parts/card'
import { Empty } from '../parts/empty'
import { Fetched } from '../parts/fetched'
import layout from '../parts/layout.module.css'
import { useOperation } from '../parts/use-operation'
import { hrefOf } from '../shell/route'
import { Reconcile } from './reconcile'
import Lozenge from '@atlaskit/lozenge'

const text = messages.attention
const everyMs = 15_000
const appearances = { urgent: 'danger', warning: 'warning', note: 'information' } as const

export function NeedsAttention() {
  const query = useOperation('attention', {}, { every: everyMs })
  return (
    <Card title={text.title} testId="attention" span="full">
      <Fetched query={query} loading={text.loading}>
        {(all) =>
          all.length === 0 ? (
            <Empty>{text.none}</Empty>
          ) : (
            <ul className={layout['lines']}>
              {all.map(({ kind, urgency, message, planId, runId, remedy }) => (
                <li key={`${kind} ${message} ${planId ?? runId ?? ''}`}>
                  <Lozenge appearance={appearances[urgency]}>{text.kinds[kind]}</Lozenge>{' '}
                  <bdi>{withNextStep(message, remedy)}</bdi>{' '}
                  {planId !== undefined && <a href={hrefOf('plans', planId)}>{text.toPlan}</a>}
                  {runId !== undefined && <a href={hrefOf('runs', runId)}>{text.toRun}</a>}
                  {kind === 'database' && <Reconcile />}
                  {kind === 'key' && <a href={hrefOf('settings')}>{text.toSettings}</a>}
                </li>
              ))}
            </ul>
          )
        }
      </Fetched>
    </Card>
  )
}
