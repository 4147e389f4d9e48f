// Approving: of this fingerprint and no other. Whoever accepts refusals names each, and types how many accounts that means;
// of a run that is resumed, how many are left. What was accepted for it already, core does not ask for again.
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
  const { planId, fingerprint, refusals, accounts, run } = plan
  const resumed = run?.status === 'stopped' ? run : undefined
  const left = resumed?.left ?? accounts
  const [accepted, setAccepted] = useState<readonly string[]>([])
  const [counted, setCounted] = useState(false)
  // The world goes on while the dialog is open: only what stands now is accepted, and what nobody can accept stops it.
  const standing = accepted.filter((code) => refusals.some((one) => one.code === code && one.acceptable))
  const approve = useAction(
    () => client.ask('approve', { params: { id: planId }, body: { fingerprint, accepted: standing } }),
    ({ runId }) => go('runs', runId),
  )
  const open = refusals.filter(({ code }) => !standing.includes(code))
  // Picked accounts were counted by nobody yet, and accepting means to go further than the limits.
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
              checked={standing.includes(code)}
              disabled={!acceptable}
              onChange={({ target }) => toggle(code, target.checked)}
            />
            <span>
              {acceptable ? text.accept : text.cannotAccept} <Code>{code}</Code>: {withNextStep(message, remedy)}
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
            isDisabled={open.length > 0 || (mustCount && !counted)}
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
