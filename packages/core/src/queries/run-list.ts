// The runs that have begun, newest first, a page at a time, each with its counts.
import type { Ports } from '../ports.js'
import { begunStatuses } from '../model/run.js'
import { describeRun } from './describe-run.js'

export interface RunListQuery {
  readonly policy?: string
  readonly status?: (typeof begunStatuses)[number]
  readonly after?: string
  readonly limit: number
}

/** Lists one page of the runs that have begun. A plan that needs approval is in the list of plans. */
export async function runList({ policy, status, after, limit }: RunListQuery, ports: Ports) {
  const { runs, next } = await ports.store.listRuns({
    limit,
    statuses: status === undefined ? begunStatuses : [status],
    ...(policy === undefined ? {} : { policy }),
    ...(after === undefined ? {} : { after }),
  })
  return { runs: await Promise.all(runs.map((run) => describeRun(run, ports))), next: next ?? null }
}
