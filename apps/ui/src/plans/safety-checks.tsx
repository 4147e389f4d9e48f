// The safety checks of a plan: each failed one with its figure, its limit, and whether an admin may accept it.
import type { PlanSummary } from '@rollcall/api'
import Lozenge from '@atlaskit/lozenge'
import SectionMessage from '@atlaskit/section-message'
import { messages } from '../messages'
import { withNextStep } from '../messages/next-step'
import { Card } from '../parts/card'
import { Code } from '../parts/code'
import { formatNumber } from '../parts/format'
import layout from '../parts/layout.module.css'
import { Remedy } from './remedy'

const text = messages.plans
/** Other values, such as fingerprints, say nothing to an admin. */
const isFigure = (value: number | string | null): value is number => typeof value === 'number'

export function SafetyChecks({ plan }: { readonly plan: PlanSummary }) {
  const { refusals, verdict } = plan
  if (verdict !== null) return <Verdict verdict={verdict} />
  return (
    <Card title={text.checks} testId="plan-refusals" span="narrow">
      {refusals.length === 0 ? (
        <SectionMessage appearance="success">
          <p>{text.passed}</p>
        </SectionMessage>
      ) : (
        <ul className={layout['lines']}>
          {refusals.map((refusal) => (
            <li key={refusal.cause ?? refusal.code}>
              <FailedCheck refusal={refusal} />
              <Remedy plan={plan} refusal={refusal} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

/** The checks of a closed plan, as they were when somebody decided. */
function Verdict({ verdict }: { readonly verdict: NonNullable<PlanSummary['verdict']> }) {
  const { decision, by, failed } = verdict
  const none = failed.length === 0
  return (
    <Card title={text.checks} testId="plan-refusals" span="narrow">
      <SectionMessage appearance={none && decision === 'approved' ? 'success' : 'information'}>
        <p>
          {text.verdict[decision](by)} {none && decision === 'approved' && text.passedThen}
        </p>
      </SectionMessage>
      <ul className={layout['lines']}>
        {failed.map(({ code, message }) => (
          <li key={code}>
            <span>{decision === 'approved' ? text.acceptedBy(message, by) : message}</span> <Code>{code}</Code>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function FailedCheck({ refusal }: { readonly refusal: PlanSummary['refusals'][number] }) {
  const { code, message, actual, limit, acceptable, remedy } = refusal
  return (
    <div className={layout['lines']}>
      <span>
        <Lozenge appearance={acceptable ? 'warning' : 'danger'}>{acceptable ? text.acceptable : text.final}</Lozenge>
      </span>
      <span>{withNextStep(message, remedy)}</span>
      <span>
        {isFigure(actual) && isFigure(limit) && `${text.against(formatNumber(actual), formatNumber(limit))} `}
        <Code>{code}</Code>
      </span>
    </div>
  )
}
