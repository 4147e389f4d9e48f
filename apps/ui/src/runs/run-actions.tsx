// The buttons of a run: undo, which makes a plan; cancel, which ends it for good; stop, which stops every run.
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
import { CancelDialog } from './cancel-dialog'
import { changedSoFar } from './changed-so-far'

const text = messages.runs

export function RunActions({ run }: { readonly run: RunDetails }) {
  const { data: overview } = useOverview()
  const [asking, setAsking] = useState<'stop' | 'cancel' | 'undo'>()
  const close = () => setAsking(undefined)
  const stop = useAction(() => client.request('stop'), close)
  const undo = useAction(
    () => client.request('previewUndo', { params: { id: run.runId } }),
    ({ planId }) => go('plans', planId),
  )
  const changed = run.counts.applied + run.counts.unknown > 0
  const executes = run.status === 'executing'
  return (
    <Stack space="space.100">
      <Inline space="space.100" rowSpace="space.100" shouldWrap>
        {run.status === 'stopped' && <Button onClick={() => go('plans', run.planId)}>{text.resumeByPlan}</Button>}
        {changed && (
          <Button isLoading={undo.isPending} onClick={() => (executes ? setAsking('undo') : undo.mutate())}>
            {text.undo}
          </Button>
        )}
        {(executes || run.status === 'stopped') && (
          <Button onClick={() => setAsking('cancel')}>{text.cancelRun}</Button>
        )}
        {executes && overview?.stopped === false && (
          <Button appearance="danger" onClick={() => setAsking('stop')}>
            {text.stop}
          </Button>
        )}
      </Inline>
      {undo.error && asking !== 'undo' && <Failure title={text.notUndone} message={undo.error.message} />}
      {asking === 'cancel' && <CancelDialog run={run} onClose={close} />}
      {asking === 'undo' && (
        <ConfirmDialog
          title={text.undoTitle}
          confirm={text.undoNow}
          dismiss={text.keepRun}
          failed={text.notUndone}
          act={undo}
          onClose={close}
          testId="undo-dialog"
        >
          <Text as="p">{text.undoMeans}</Text>
          <Text as="p">{changedSoFar(run, false)}</Text>
        </ConfirmDialog>
      )}
      {asking === 'stop' && (
        <ConfirmDialog
          title={text.stopTitle}
          confirm={text.stopNow}
          failed={text.notStopped}
          act={stop}
          onClose={close}
          testId="stop-dialog"
        >
          <Text as="p">{text.stopMeans}</Text>
          <a href={hrefOf('settings')}>{text.stopWhere}</a>
        </ConfirmDialog>
      )}
    </Stack>
  )
}
