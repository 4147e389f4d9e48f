// The policies as cards: what each does, its next run, and the result of its newest run.
import type { PolicyCard } from '@rollcall/api'
import { LinkButton } from '@atlaskit/button/new'
import Lozenge from '@atlaskit/lozenge'
import { Stack, Text } from '@atlaskit/primitives/compiled'
import { messages } from '../messages'
import { Age } from '../parts/age'
import { Card } from '../parts/card'
import { Empty } from '../parts/empty'
import { type Fact, Facts } from '../parts/facts'
import { Fetched } from '../parts/fetched'
import { formatAge, formatInZone, formatNumber } from '../parts/format'
import layout from '../parts/layout.module.css'
import { Panel } from '../parts/panel'
import { ScreenHeader } from '../parts/screen-header'
import { RunStatusLabel } from '../parts/run-status-label'
import { useOperation } from '../parts/use-operation'
import { hrefOf } from '../shell/route'
import { PolicyActions } from './policy-actions'

const text = messages.policies
const everyMs = 15_000

export function PolicyList() {
  const query = useOperation('policyCards', {}, { every: everyMs })
  const title = messages.navigation.screens.policies
  return (
    <>
      <ScreenHeader
        title={title}
        actions={
          <LinkButton appearance="primary" href={hrefOf('policies', 'new')}>
            {text.create}
          </LinkButton>
        }
      />
      <Fetched query={query} loading={text.loading}>
        {(cards) =>
          cards.length === 0 ? (
            <Panel label={title}>
              <Empty>{text.none}</Empty>
            </Panel>
          ) : (
            <div className={layout['cards']}>
              {cards.map((card) => (
                <PolicyCardView key={card.name} card={card} names={cards.map(({ name }) => name)} />
              ))}
            </div>
          )
        }
      </Fetched>
    </>
  )
}

function PolicyCardView({ card, names }: { readonly card: PolicyCard; readonly names: readonly string[] }) {
  return (
    <Card
      title={card.name}
      testId="policy"
      span="half"
      status={
        <Lozenge appearance={card.enabled ? 'success' : 'neutral'}>
          {card.enabled ? text.enabled : text.disabled}
        </Lozenge>
      }
    >
      <Stack space="space.200">
        <Text as="p">{text.sentence(card.says.what, card.says.who)}</Text>
        <Facts facts={factsOf(card)} />
        <PolicyActions card={card} names={names} />
      </Stack>
    </Card>
  )
}

const factsOf = ({ says, next, timeZone, approval, lastRun, previewed }: PolicyCard): readonly Fact[] => [
  { label: text.schedule, value: says.when === null ? text.noSchedule : text.scheduled(says.when) },
  { label: text.next, value: next === null ? text.noNext : <Next at={next} timeZone={timeZone} /> },
  { label: text.approval, value: text.approvals[approval] },
  {
    label: text.lastRun,
    value:
      lastRun === null ? (
        text.noRun
      ) : (
        <span className={layout['lines']}>
          <a className={layout['link']} href={hrefOf('runs', lastRun.runId)}>
            {text.applied(formatNumber(lastRun.counts.applied), formatNumber(lastRun.total))}
          </a>
          <span>
            <RunStatusLabel status={lastRun.status} /> <Age at={lastRun.startedAt} />
          </span>
        </span>
      ),
  },
  ...(previewed ? [] : [{ label: text.preview, value: text.notPreviewed }]),
]

function Next({ at, timeZone }: { readonly at: string; readonly timeZone: string | null }) {
  return (
    <time dateTime={at}>
      {formatInZone(at, timeZone ?? 'UTC')} ({formatAge(at, Date.now())})
    </time>
  )
}
