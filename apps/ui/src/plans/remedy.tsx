// The button or link next to a failed check that leads to its next step.
import type { PlanSummary } from '@rollcall/api'
import Button from '@atlaskit/button/new'
import { Stack, Text } from '@atlaskit/primitives/compiled'
import { useState, type ComponentType } from 'react'
import type { PlanRefusal } from '@rollcall/api'
import { client } from '../host/client'
import { messages } from '../messages'
import { Reconcile } from '../overview/reconcile'
import { Failure } from '../parts/failure'
import { formatMoment } from '../parts/format'
import layout from '../parts/layout.module.css'
import { ConfirmDialog } from '../parts/confirm-dialog'
import { useAction } from '../parts/use-action'
import { go, hrefOf } from '../shell/route'

const text = messages.remedies

interface RemedyProps {
  readonly plan: PlanSummary
  readonly refusal: PlanRefusal
}

const remedies: Partial<Readonly<Record<PlanRefusal['remedy'], ComponentType<RemedyProps>>>> = {
  resume: () => <StepLink href={hrefOf('settings')} name={text.toSwitch} />,
  sync: () => <StepLink href={hrefOf('overview')} name={text.toSync} />,
  'enable-policy': EnablePolicy,
  'raise-limits': PolicyOfPlan,
  'narrow-conditions': PolicyOfPlan,
  'make-new-plan': PreviewAgain,
  'preview-policy': PreviewAgain,
  reconcile: Reconcile,
  'accept-baseline': AcceptBaseline,
}

export function Remedy(props: RemedyProps) {
  const Component = remedies[props.refusal.remedy]
  return Component === undefined ? null : <Component {...props} />
}

function StepLink({ href, name }: { readonly href: string; readonly name: string }) {
  return (
    <a className={layout['link']} href={href}>
      {name}
    </a>
  )
}

function PolicyOfPlan({ plan: { policy, source } }: RemedyProps) {
  return source === 'policy' && policy !== null ? (
    <StepLink href={hrefOf('policies', policy)} name={text.toPolicy} />
  ) : null
}

function EnablePolicy({ plan: { policy } }: RemedyProps) {
  const enable = useAction(() => client.request('enablePolicy', { params: { name: policy ?? '' } }))
  if (policy === null) return null
  return (
    <Stack space="space.050" alignInline="start">
      {enable.error && <Failure title={text.failed} message={enable.error.message} />}
      <Button spacing="compact" isLoading={enable.isPending} onClick={() => enable.mutate()}>
        {text.enable}
      </Button>
      <Text color="color.text.subtle">{text.enableMeans}</Text>
    </Stack>
  )
}

function PreviewAgain({ plan: { policy, source } }: RemedyProps) {
  const preview = useAction(
    () => client.request('preview', { body: { policy } }),
    ({ planId }) => go('plans', planId),
  )
  if (source !== 'policy' || policy === null) return null
  return (
    <>
      {preview.error && <Failure title={text.failed} message={preview.error.message} />}
      <Button spacing="compact" isLoading={preview.isPending} onClick={() => preview.mutate()}>
        {text.again}
      </Button>
    </>
  )
}

function AcceptBaseline({ plan: { snapshotId, snapshotAsOf } }: RemedyProps) {
  const [asking, setAsking] = useState(false)
  const close = () => setAsking(false)
  const act = useAction(() => client.request('acceptBaseline', { body: { snapshotId } }), close)
  return (
    <>
      <Button spacing="compact" onClick={() => setAsking(true)}>
        {text.acceptBaseline}
      </Button>
      {asking && (
        <ConfirmDialog
          title={text.acceptBaselineTitle(formatMoment(snapshotAsOf))}
          confirm={text.acceptBaselineNow}
          failed={text.failed}
          act={act}
          onClose={close}
          testId="accept-baseline"
        >
          <Text as="p">{text.acceptBaselineMeans}</Text>
        </ConfirmDialog>
      )}
    </>
  )
}
