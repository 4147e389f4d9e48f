// The approval of one plan, by its fingerprint. An admin accepts each refusal by name and types the number of accounts; to
// resume a run, the number that remains. Core remembers the refusals that an admin accepted for the run before.
import type { PlanSummary } from '@rollcall/api'
import Button from '@atlaskit/button/new'
import { Inline, Stack, Text } from '@atlaskit/primitives/compiled'
import { useState } from 'react'
import { client } from '../host/client'
import { messages } from '../messages'
import { withNextStep } from '../messages/next-step'
import { Code } from '../parts/code'
import { Dialog } from '../parts/dialog'
import { Failure } from '../parts/failure'
import { formatNumber } from '../parts/format'
import layout from '../parts/layout.module.css'
import { TypedCount } from '../parts/typed-count'
import { useAction } from '../parts/use-action'
import { go } from '../shell/route'

const text = messages.plans

export function ApproveDialog({ plan, onClose }: { readonly plan: PlanSummary; readonly onClose: () => void }) {
  const { planId, fingerprint, refusals, accounts, run, decision } = plan
  const resumed = decision === 'resume' && run !== null ? run : undefined
  const left = resumed?.left ?? accounts
  const [accepted, setAccepted] = useState<readonly string[]>([])
  const [counted, setCounted] = useState(false)
  // Refusals change while the dialog is open. Only those that apply now count as accepted.
  const stillAccepted = accepted.filter((code) => refusals.some((one) => one.code === code && one.acceptable))
  const approve = useAction(
    () => client.request('approve', { params: { id: planId }, body: { fingerprint, accepted: stillAccepted } }),
    ({ runId }) => go('runs', runId),
  )
  const unaccepted = refusals.filter(({ code }) => !stillAccepted.includes(code))
  // Nobody has counted picked accounts yet, and an accepted refusal exceeds a limit.
  const mustCount = refusals.length > 0 || plan.source === 'picked'
  const kinds = plan.kinds
    .map(({ what, ...kind }) => ({ what, count: resumed ? kind.left : kind.accounts }))
    .filter(({ count }) => count > 0)
  const toggle = (code: string, on: boolean) =>
    setAccepted(on ? [...accepted, code] : accepted.filter((one) => one !== code))
  return (
    <Dialog title={resumed ? text.resumeTitle : text.approveTitle} onClose={onClose} testId="approve-dialog">
      <Stack space="space.200">
        {resumed && <Text as="p">{text.remaining(formatNumber(left), formatNumber(accounts), left)}</Text>}
        {kinds.map(({ what, count }) => (
          <Text key={what} as="p">
            {text.kind(what, formatNumber(count))}
          </Text>
        ))}
        {resumed && resumed.accepted.length > 0 && (
          <Text as="p">
            {text.acceptedBefore} <Code>{resumed.accepted.join(', ')}</Code>
          </Text>
        )}
        {refusals.map(({ code, cause, message, remedy, acceptable }) => (
          <label key={cause ?? code} className={layout['check']}>
            <input
              type="checkbox"
              checked={stillAccepted.includes(code)}
              disabled={!acceptable}
              onChange={({ target }) => toggle(code, target.checked)}
            />
            <span>
              {acceptable ? text.accept : text.cannotAccept}: {withNextStep(message, remedy)} <Code>{code}</Code>
            </span>
          </label>
        ))}
        {mustCount && <TypedCount count={left} onChange={setCounted} />}
        <Text as="p" color="color.text.subtle">
          {text.bound}
        </Text>
        {approve.error && <Failure title={text.notApproved} message={approve.error.message} />}
        <Inline space="space.100">
          <Button
            appearance={plan.kinds.some(({ takes }) => takes) ? 'danger' : 'primary'}
            isDisabled={unaccepted.length > 0 || (mustCount && !counted)}
            isLoading={approve.isPending}
            onClick={() => approve.mutate()}
          >
            {(resumed ? text.resumeNow : text.approveNow)(formatNumber(left), left)}
          </Button>
          <Button onClick={onClose}>{messages.cancel}</Button>
        </Inline>
      </Stack>
    </Dialog>
  )
}
