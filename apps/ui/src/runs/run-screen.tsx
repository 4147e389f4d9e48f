// One run: its progress, what it waits for, the result of each user, and what to do about it.
import { messages } from '../messages'
import { Fetched } from '../parts/fetched'
import layout from '../parts/layout.module.css'
import { ScreenHeader } from '../parts/screen-header'
import { RunStatusLabel } from '../parts/run-status-label'
import { useOperation } from '../parts/use-operation'
import { nameOfRun } from '../plans/plan-name'
import { hrefOf } from '../shell/route'
import { RunActions } from './run-actions'
import { RunUsers } from './run-users'
import { RunProgressCard } from './run-progress'

const text = messages.runs
const [liveMs, calmMs] = [1_000, 15_000]

export function RunScreen({ runId }: { readonly runId: string }) {
  const query = useOperation(
    'runProgress',
    { params: { id: runId } },
    { every: (run) => (run?.status === 'executing' ? liveMs : calmMs) },
  )
  return (
    <Fetched query={query} loading={text.loadingOne} title={messages.navigation.screens.runs}>
      {(run) => (
        <>
          <ScreenHeader
            title={nameOfRun(run)}
            actions={<RunActions run={run} />}
            below={
              <span className={layout['filters']}>
                <span role="status">
                  <RunStatusLabel status={run.status} />
                </span>
                <a className={layout['link']} href={hrefOf('plans', run.planId)}>
                  {text.toPlan}
                </a>
                <a className={layout['link']} href={hrefOf('audit', undefined, { runId: run.runId })}>
                  {text.toAudit}
                </a>
              </span>
            }
          />
          <div className={layout['cards']}>
            <RunProgressCard run={run} />
            <RunUsers run={run} />
          </div>
        </>
      )}
    </Fetched>
  )
}
