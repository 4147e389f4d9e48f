// Approving or discarding a plan.
import type { PlanSummary } from '@rollcall/api'
import Button from '@atlaskit/button/new'
import { Inline, Stack, Text } from '@atlaskit/primitives/compiled'
import { useState } from 'react'
import { client } from '../host/client'
import { messages } from '../messages'
import { Card } from '../parts/card'
import { Failure } from '../parts/failure'
import { formatNumber } from '../parts/format'
import { useAction } from '../parts/use-action'
import { ChangesKey } from './changes-key'
import { ApproveDialog } from './approve-dialog'

const text = messages.plans

interface DecisionProps {
  readonly plan: PlanSummary
  /** Opens the approval at once, if the plan can be approved. */
  readonly asks: boolean
}

export function Decision({ plan, asks }: DecisionProps) {
  const [asking, setAsking] = useState(() => asks && plan.mayApprove)
  const discard = useAction(() => client.request('discard', { params: { id: plan.planId } }))
  if (plan.decision === null) return null
  return (
    <Card title={text.decide} testId="plan-decision" span="full">
      <Stack space="space.150">
        <Text as="p">{sentenceFor(plan)}</Text>
        {plan.accounts > 0 && <ChangesKey />}
        {discard.error && <Failure title={text.notDiscarded} message={discard.error.message} />}
        <Inline space="space.100" shouldWrap>
          <Button appearance="primary" isDisabled={!plan.mayApprove} onClick={() => setAsking(true)}>
            {plan.decision === 'resume' ? text.resume : text.approve}
          </Button>
          {plan.mayDiscard && (
            <Button isLoading={discard.isPending} onClick={() => discard.mutate()}>
              {text.discard}
            </Button>
          )}
        </Inline>
      </Stack>
      {asking && <ApproveDialog plan={plan} onClose={() => setAsking(false)} />}
    </Card>
  )
}

function sentenceFor(plan: PlanSummary): string {
  if (plan.accounts === 0) return text.nothingToApprove
  if (!plan.mayApprove) return text.cannotRun
  const { run, accounts, decision } = plan
  const remain =
    decision === 'resume' && run !== null
      ? `${text.remaining(formatNumber(run.left), formatNumber(accounts), run.left)} `
      : ''
  return remain + (plan.refusals.length > 0 ? text.mustAccept : text.readyToRun)
}
