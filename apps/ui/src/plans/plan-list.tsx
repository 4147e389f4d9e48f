// The plans: first those that need approval, then all others, newest first.
import type { ListedPlan, PlanList } from '@rollcall/api'
import { Stack } from '@atlaskit/primitives/compiled'
import type { UseQueryResult } from '@tanstack/react-query'
import { messages } from '../messages'
import { withNextStep } from '../messages/next-step'
import { Age } from '../parts/age'
import { Card } from '../parts/card'
import { DataTable, type Column } from '../parts/data-table'
import { Empty } from '../parts/empty'
import { Fetched } from '../parts/fetched'
import { formatNumber } from '../parts/format'
import layout from '../parts/layout.module.css'
import { type Pages, Pager, usePages } from '../parts/pager'
import { ScreenHeader } from '../parts/screen-header'
import { RunStatusLabel } from '../parts/run-status-label'
import { useOperation } from '../parts/use-operation'
import { hrefOf } from '../shell/route'
import { nameOfPlan } from './plan-name'

const text = messages.plans
const everyMs = 10_000

export function PlanListScreen() {
  const pages = usePages('')
  const first = useOperation('planList', {}, { every: everyMs })
  const later = useOperation('planList', { query: { after: pages.after } }, { keep: true, enabled: pages.number > 1 })
  return (
    <>
      <ScreenHeader title={messages.navigation.screens.plans} />
      <Stack space="space.200">
        <Fetched query={first} loading={text.loading}>
          {({ waiting }) => (
            <Card title={text.needsApproval} testId="plans-waiting" span="full">
              {waiting.length === 0 ? (
                <Empty>{text.noneNeedApproval}</Empty>
              ) : (
                <Plans caption={text.needsApproval} plans={waiting} />
              )}
            </Card>
          )}
        </Fetched>
        {first.data !== undefined && <Others query={pages.number > 1 ? later : first} pages={pages} />}
      </Stack>
    </>
  )
}

function Others({ query, pages }: { readonly query: UseQueryResult<PlanList>; readonly pages: Pages }) {
  return (
    <Card title={text.others} testId="plans-newest" span="full">
      <Fetched query={query} loading={text.loading}>
        {({ waiting, others, next }) => (
          <Stack space="space.150">
            {others.length === 0 && <Empty>{waiting.length === 0 ? text.none : text.allNeedApproval}</Empty>}
            {others.length > 0 && <Plans caption={text.others} plans={others} busy={query.isPlaceholderData} />}
            <Pager pages={pages} next={next} label={text.listPages} />
          </Stack>
        )}
      </Fetched>
    </Card>
  )
}

const columns: readonly Column<ListedPlan>[] = [
  {
    key: 'plan',
    title: text.plan,
    names: true,
    cell: (plan) => (
      <a className={layout['link']} href={hrefOf('plans', plan.planId)}>
        <bdi>{nameOfPlan(plan)}</bdi>
      </a>
    ),
  },
  { key: 'what', title: text.what, cell: ({ what }) => what ?? text.nothing },
  { key: 'accounts', title: text.accounts, number: true, cell: ({ accounts }) => formatNumber(accounts) },
  { key: 'spared', title: text.excluded, number: true, cell: ({ spared }) => formatNumber(spared) },
  {
    key: 'status',
    title: text.status,
    cell: ({ run, refusals }) => (
      <Stack space="space.050" alignInline="start">
        {run === null ? text.notDecided : <RunStatusLabel status={run.status} />}
        {refusals.map(({ message, remedy }) => (
          <span key={message} className={layout['wrap']}>
            {withNextStep(message, remedy)}
          </span>
        ))}
      </Stack>
    ),
  },
  {
    key: 'made',
    title: text.made,
    cell: ({ createdAt, madeBy }) => (
      <Stack space="space.025">
        <Age at={createdAt} />
        <bdi>{madeBy}</bdi>
      </Stack>
    ),
  },
]

interface PlansProps {
  readonly caption: string
  readonly plans: readonly ListedPlan[]
  readonly busy?: boolean
}

function Plans({ caption, plans, busy = false }: PlansProps) {
  return <DataTable caption={caption} columns={columns} rows={plans} busy={busy} keyOf={({ planId }) => planId} />
}
