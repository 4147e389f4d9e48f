// The live preview of a policy: its mistakes, its sentence, its next runs and how many users match.
import type { PolicyTrial } from '@rollcall/api'
import { Stack, Text } from '@atlaskit/primitives/compiled'
import SectionMessage from '@atlaskit/section-message'
import { messages } from '../messages'
import { Age } from '../parts/age'
import { Code } from '../parts/code'
import { Empty } from '../parts/empty'
import { Fetched } from '../parts/fetched'
import { formatInZone, formatNumber, formatShare } from '../parts/format'
import layout from '../parts/layout.module.css'
import { Metric } from '../parts/metric'
import { useOperation } from '../parts/use-operation'
import { useDebounced } from '../parts/use-debounced'
import type { Draft } from './draft'

const text = messages.policies
const pauseMs = 500

export function PolicyPreview({ draft }: { readonly draft: Draft }) {
  const body = useDebounced(draft, pauseMs)
  const query = useOperation('reviewPolicy', { body }, { keep: true })
  return (
    <Fetched query={query} loading={text.reviewing}>
      {({ problems, review }) =>
        review === null ? (
          <div role="status">
            <SectionMessage appearance="warning" title={text.problems}>
              <ul className={layout['lines']}>
                {problems.map(({ path, message }) => (
                  <li key={`${path.join('.')} ${message}`}>
                    {path.length > 0 && <Code>{path.join('.')}</Code>} {message}
                  </li>
                ))}
              </ul>
            </SectionMessage>
          </div>
        ) : (
          <Stack space="space.200">
            <Text as="p">{text.sentence(review.says.what, review.says.who)}</Text>
            <Trial draft={body} />
            <Next next={review.next} timeZone={review.timeZone} when={review.says.when} />
          </Stack>
        )
      }
    </Fetched>
  )
}

function Next({
  next,
  timeZone,
  when,
}: {
  readonly next: readonly string[]
  readonly timeZone: string | null
  readonly when: string | null
}) {
  if (when === null) return <Empty>{text.noSchedule}</Empty>
  return (
    <div data-testid="policy-dates">
      <Text as="p">{text.nextDates(when)}</Text>
      {next.length === 0 ? (
        <Empty>{text.noNext}</Empty>
      ) : (
        <ol className={layout['lines']}>
          {next.map((at) => (
            <li key={at}>
              <time dateTime={at}>{formatInZone(at, timeZone ?? 'UTC')}</time>
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}

function Trial({ draft }: { readonly draft: Draft }) {
  const query = useOperation('tryPolicy', { body: draft }, { keep: true })
  return (
    <div data-testid="policy-count" aria-busy={query.isFetching}>
      <Fetched query={query} loading={text.counting}>
        {(trial) => <Counted trial={trial} />}
      </Fetched>
    </div>
  )
}

function Counted({ trial: { matched, population, allowed, spared, asOf } }: { readonly trial: PolicyTrial }) {
  const reasons = spared.reasons.toSorted((a, b) => b.accounts - a.accounts)
  return (
    <Stack space="space.100">
      <span role="status">
        <Metric value={matched} label={text.matched(formatNumber(population), formatShare(matched, population))} />
      </span>
      {matched > allowed && <Text as="p">{text.tooMany(formatNumber(allowed))}</Text>}
      <details>
        <summary>{text.excludedCount(formatNumber(spared.total))}</summary>
        <ul className={layout['lines']}>
          {reasons.map((reason) => (
            <li key={reason.text}>{messages.plans.reasonAndCount(reason.text, formatNumber(reason.accounts))}</li>
          ))}
        </ul>
      </details>
      <Text size="small" color="color.text.subtle">
        {text.asOf} <Age at={asOf} />
      </Text>
    </Stack>
  )
}
