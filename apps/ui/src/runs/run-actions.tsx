// The buttons of a run: stop, which stops every run, and undo, which makes a plan.
import Button from '@atlaskit/button/new'
import { Inline, Stack, Text } from '@atlaskit/primitives/compiled'
import { useState } from 'react'
import type { RunDetails } from '@rollcall/api'
import { client } from '../host/client'
import { messages } from '../messages'
import { useOverview } from '../overview/use-overview'
import { Failure } from '../parts/failure'
import { ConfirmDialog } from '../parts/confirm-dialog'
import { useAction } from '../parts/use-action'
import { go, hrefOf } from '../shell/route'

const text = messages.runs

export function RunActions({ run }: { readonly run: RunDetails }) {
  const { data: overview } = useOverview()
  const [asking, setAsking] = useState(false)
  const stop = useAction(
    () => client.request('stop'),
    () => setAsking(false),
  )
  const undo = useAction(
    () => client.request('previewUndo', { params: { id: run.runId } }),
    ({ planId }) => go('plans', planId),
  )
  const changed = run.counts.applied + run.counts.unknown > 0
  return (
    <Stack space="space.100" alignInline="end">
      <Inline space="space.100">
        {run.status === 'executing' && overview?.stopped === false && (
          <Button appearance="danger" onClick={() => setAsking(true)}>
            {text.stop}
          </Button>
        )}
        {run.status === 'stopped' && <Button onClick={() => go('plans', run.planId)}>{text.resumeByPlan}</Button>}
        {run.status !== 'executing' && changed && (
          <Button isLoading={undo.isPending} onClick={() => undo.mutate()}>
            {text.undo}
          </Button>
        )}
      </Inline>
      {undo.error && <Failure title={text.notUndone} message={undo.error.message} />}
      {asking && (
        <ConfirmDialog
          title={text.stopTitle}
          confirm={text.stopNow}
          failed={text.notStopped}
          act={stop}
          onClose={() => setAsking(false)}
          testId="stop-dialog"
        >
          <Text as="p">{text.stopMeans}</Text>
          <a href={hrefOf('settings')}>{text.stopWhere}</a>
        </ConfirmDialog>
      )}
    </Stack>
  )
}
