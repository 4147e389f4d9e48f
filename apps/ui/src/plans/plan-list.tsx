// The plans: first those that wait for a person, then the newest.
import type { ListedPlan } from '@rollcall/core'
import { Stack } from '@atlaskit/primitives/compiled'
import { messages } from '../messages'
import { Age } from '../parts/age'
import { Card } from '../parts/card'
import { DataTable, type Column } from '../parts/data-table'
import { Empty } from '../parts/empty'
import { Fetched } from '../parts/fetched'
import { formatNumber } from '../parts/format'
import layout from '../parts/layout.module.css'
import { ScreenHeader } from '../parts/screen-header'
import { StatusMark } from '../parts/status'
import { useAsked } from '../parts/use-asked'
import { said } from '../parts/said'
import { hrefOf } from '../shell/route'
import { nameOfPlan } from './plan-name'

const text = messages.plans
const everyMs = 10_000

export function PlanList() {
  const query = useAsked('planList', {}, { every: everyMs })
  return (
    <>
      <ScreenHeader title={messages.navigation.screens.plans} />
      <Fetched query={query} loading={text.loading}>
        {({ waiting, others }) => (
          <Stack space="space.200">
            <Card title={text.waiting} testId="plans-waiting" span="full">
              {waiting.length === 0 ? (
                <Empty>{text.noneWaiting}</Empty>
              ) : (
                <Plans caption={text.waiting} plans={waiting} />
              )}
            </Card>
            <Card title={text.newest} testId="plans-newest" span="full">
              {others.length === 0 ? <Empty>{text.none}</Empty> : <Plans caption={text.newest} plans={others} />}
            </Card>
          </Stack>
        )}
      </Fetched>
    </>
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
  { key: 'spared', title: text.spared, number: true, cell: ({ spared }) => formatNumber(spared) },
  {
    key: 'status',
    title: text.status,
    cell: ({ run, refusals }) => (
      <Stack space="space.050" alignInline="start">
        {run === null ? text.notDecided : <StatusMark status={run.status} />}
        {refusals.map(({ code, message }) => (
          <span key={code} className={layout['wrap']}>
            {said(message)}
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

function Plans({ caption, plans }: { readonly caption: string; readonly plans: readonly ListedPlan[] }) {
  return <DataTable caption={caption} columns={columns} rows={plans} keyOf={({ planId }) => planId} />
}
