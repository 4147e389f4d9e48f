// The decision about a plan: approve it, with what has to be accepted by name, or discard it.
import type { PlanSummary } from '@rollcall/core'
import Button from '@atlaskit/button/new'
import { Inline, Stack, Text } from '@atlaskit/primitives/compiled'
import { useState } from 'react'
import { client } from '../host/client'
import { messages } from '../messages'
import { Card } from '../parts/card'
import { Failure } from '../parts/failure'
import { formatNumber } from '../parts/format'
import { useAct } from '../parts/use-act'
import { ApproveDialog } from './approve-dialog'

const text = messages.plans

/** Says whether somebody has still to decide. */
const isOpen = ({ run }: PlanSummary): boolean =>
  run === null || ['awaiting-approval', 'quarantined', 'stopped'].includes(run.status)

export function Decision({ plan }: { readonly plan: PlanSummary }) {
  const [asking, setAsking] = useState(false)
  const discard = useAct(() => client.ask('discard', { params: { id: plan.planId } }))
  const enable = useAct(() => client.ask('enablePolicy', { params: { name: plan.policy ?? '' } }))
  const disabled = plan.refusals.some(({ code }) => code === 'policy-disabled')
  if (!isOpen(plan)) return null
  const final = plan.refusals.filter(({ acceptable }) => !acceptable)
  const resumes = plan.run?.status === 'stopped'
  return (
    <Card title={text.decide} testId="plan-decision" span="full">
      <Stack space="space.150">
        <Text as="p">{sentenceFor(plan, final.length)}</Text>
        {enable.error && <Failure title={messages.policies.failed} message={enable.error.message} />}
        {discard.error && <Failure title={text.notDiscarded} message={discard.error.message} />}
        <Inline space="space.100" shouldWrap>
          <Button
            appearance="primary"
            isDisabled={final.length > 0 || plan.accounts === 0}
            onClick={() => setAsking(true)}
          >
            {resumes ? text.resume : text.approve}
          </Button>
          {plan.policy !== null && disabled && (
            <Button isLoading={enable.isPending} onClick={() => enable.mutate()}>
              {text.enablePolicy}
            </Button>
          )}
          {!resumes && (
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

function sentenceFor(plan: PlanSummary, final: number): string {
  if (plan.accounts === 0) return text.nothingToApprove
  if (final > 0) return text.cannotRun
  const { run, accounts } = plan
  const remain =
    run?.status === 'stopped' ? `${text.remain(formatNumber(run.left), formatNumber(accounts), run.left)} ` : ''
  return remain + (plan.refusals.length > 0 ? text.mustAccept : text.readyToRun)
}
