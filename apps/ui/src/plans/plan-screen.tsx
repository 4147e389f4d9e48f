// One plan: what it does, its safety checks, which users change and which are excluded, and the approval.
import type { PlanSummary } from '@rollcall/api'
import { messages } from '../messages'
import { Fetched } from '../parts/fetched'
import layout from '../parts/layout.module.css'
import { ScreenHeader } from '../parts/screen-header'
import { RunStatusLabel } from '../parts/run-status-label'
import { useOperation } from '../parts/use-operation'
import { hrefOf } from '../shell/route'
import { Decision } from './decision'
import { nameOfPlan } from './plan-name'
import { PlanFacts } from './plan-facts'
import { SafetyChecks } from './safety-checks'
import { ExcludedUsers } from './excluded-users'
import { ChangedUsers } from './changed-users'

const text = messages.plans
/** The result of the safety checks changes with the age of the data, other runs and the stop switch. */
const everyMs = 10_000

interface PlanScreenProps {
  readonly planId: string
  readonly asks: boolean
}

export function PlanScreen({ planId, asks }: PlanScreenProps) {
  const query = useOperation('planSummary', { params: { id: planId } }, { every: everyMs })
  return (
    <Fetched query={query} loading={text.loadingOne} title={messages.navigation.screens.plans}>
      {(plan) => (
        <>
          <ScreenHeader title={nameOfPlan(plan)} below={<PlanStatus plan={plan} />} />
          <div className={layout['cards']}>
            <PlanFacts plan={plan} />
            <SafetyChecks plan={plan} />
            <Decision plan={plan} asks={asks} />
            <ChangedUsers plan={plan} />
            <ExcludedUsers plan={plan} />
          </div>
        </>
      )}
    </Fetched>
  )
}

function PlanStatus({ plan: { run } }: { readonly plan: PlanSummary }) {
  return (
    <span role="status" className={layout['filters']}>
      {run === null ? text.notDecided : <RunStatusLabel status={run.status} />}
      {run?.begun === true && (
        <a className={layout['link']} href={hrefOf('runs', run.runId)}>
          {text.toRun}
        </a>
      )}
    </span>
  )
}
