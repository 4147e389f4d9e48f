// The effect of a plan in figures: how many users it changes, which seats it frees or needs, its undo, its data, and what Atlassian does not report.
import { placeName } from '@rollcall/core/product-name'
import type { PlanSummary } from '@rollcall/api'
import { Inline, Stack, Text } from '@atlaskit/primitives/compiled'
import SectionMessage from '@atlaskit/section-message'
import { messages } from '../messages'
import { Age } from '../parts/age'
import { Card } from '../parts/card'
import { Code } from '../parts/code'
import { type Fact, Facts } from '../parts/facts'
import { formatNumber, formatShare } from '../parts/format'
import layout from '../parts/layout.module.css'
import { Metric } from '../parts/metric'

const text = messages.plans

export function PlanFacts({ plan }: { readonly plan: PlanSummary }) {
  const { kinds, accounts, population, spared } = plan
  return (
    <Card title={text.effect} testId="plan-facts" span="wide">
      <Stack space="space.200">
        <Inline space="space.300" rowSpace="space.100" shouldWrap>
          <Metric
            value={accounts}
            label={text.changedOf(formatNumber(population), formatShare(accounts, population), plan.populationKind)}
          />
          <Metric value={spared.total} label={messages.plan.excluded()} />
        </Inline>
        {kinds.length === 0 && <Text as="p">{text.noEffect}</Text>}
        <ul className={layout['lines']}>
          {kinds.map(({ what, undo, accounts: count }) => (
            <li key={what}>
              <Text weight="medium">{text.kind(what, formatNumber(count))}</Text>
              <br />
              <Text color="color.text.subtle">{text.undo(undo)}</Text>
            </li>
          ))}
        </ul>
        <Seats plan={plan} />
        {plan.notes.length > 0 && (
          <SectionMessage appearance="information" title={text.notes} headingLevel="h3" testId="plan-notes">
            {plan.notes.map((note) => (
              <p key={note}>{note}</p>
            ))}
          </SectionMessage>
        )}
        <Facts facts={factsOf(plan)} />
      </Stack>
    </Card>
  )
}

function Seats({ plan: { frees, seats } }: { readonly plan: PlanSummary }) {
  if (frees.length + seats.length === 0) return null
  return (
    <ul className={layout['lines']} data-testid="plan-frees">
      {frees.map(({ site, product, seats: count }) => (
        <li key={`${site} ${product}`}>{text.frees(formatNumber(count), count, placeName(site, product))}</li>
      ))}
      {seats.map(({ site, product, needed, available }) => (
        <li key={`${site} ${product} needed`}>
          {text.needs(formatNumber(needed), needed, placeName(site, product), formatNumber(available))}
        </li>
      ))}
      {frees.length > 0 && <li>{text.billing}</li>}
    </ul>
  )
}

const factsOf = (plan: PlanSummary): readonly Fact[] => [
  ...(plan.conditions === null ? [] : [{ label: text.conditions, value: <bdi>{plan.conditions}</bdi> }]),
  { label: text.made, value: <Age at={plan.createdAt} /> },
  { label: text.madeBy, value: <bdi>{plan.madeBy}</bdi> },
  { label: text.expires, value: <Age at={plan.runnableUntil} /> },
  { label: text.asOf, value: <Age at={plan.snapshotAsOf} /> },
  { label: messages.plan.fingerprint, value: <Code>{plan.fingerprint}</Code> },
]
