// The newest plan: how many users change, how many are excluded, its fingerprint, and the failed checks.
import Lozenge from '@atlaskit/lozenge'
import { Inline, Stack } from '@atlaskit/primitives/compiled'
import SectionMessage from '@atlaskit/section-message'
import { Age } from '../parts/age'
import { Card } from '../parts/card'
import { Code } from '../parts/code'
import { Empty } from '../parts/empty'
import { type Fact, Facts } from '../parts/facts'
import { formatNumber } from '../parts/format'
import styles from './latest-plan.module.css'
import { messages } from '../messages'
import { withNextStep } from '../messages/next-step'
import { Metric } from '../parts/metric'
import type { PlanData, RefusalData } from './overview-data'

const text = messages.plan

export function LatestPlan({ plan }: { readonly plan: PlanData | null }) {
  return (
    <Card title={text.title} testId="latest-plan" status={plan && <Verdict refusals={plan.refusals} />}>
      {plan ? <Summary plan={plan} /> : <Empty>{text.empty}</Empty>}
    </Card>
  )
}

function Verdict({ refusals }: { readonly refusals: readonly RefusalData[] }) {
  const count = refusals.length
  if (count === 0) return <Lozenge appearance="success">{text.allowed}</Lozenge>
  return <Lozenge appearance="danger">{text.refused(count, formatNumber(count))}</Lozenge>
}

function Summary({ plan }: { readonly plan: PlanData }) {
  const facts: readonly Fact[] = [
    { label: text.policy, value: plan.policy ?? text.manual },
    { label: text.created, value: <Age at={plan.createdAt} /> },
    { label: text.id, value: <Code>{plan.planId}</Code> },
    { label: text.fingerprint, value: <Code>{plan.fingerprint}</Code> },
  ]
  return (
    <Stack space="space.200">
      <Inline space="space.300" rowSpace="space.100" shouldWrap>
        <Metric value={plan.actions} label={text.actions()} />
        <Metric value={plan.spared} label={text.excluded()} />
      </Inline>
      {plan.refusals.length > 0 && <Refusals refusals={plan.refusals} />}
      <Facts facts={facts} />
    </Stack>
  )
}

function Refusals({ refusals }: { readonly refusals: readonly RefusalData[] }) {
  return (
    <SectionMessage appearance="error" title={text.refusalsTitle} headingLevel="h3">
      <ul className={styles['refusals']}>
        {refusals.map(({ code, message, remedy }, index) => (
          <li key={`${code} ${index}`}>
            {withNextStep(message, remedy)} <Code>{code}</Code>
          </li>
        ))}
      </ul>
    </SectionMessage>
  )
}
