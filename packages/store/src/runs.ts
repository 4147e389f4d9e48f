// Runs: at most one per plan by a unique key. `updateRun` compares and sets the revision. A run is a few lines, whatever
// its plan holds: a thousand runs fit into one response.

import { runStatuses, type Run, type Store } from '@rollcall/core'
import type { Kysely } from 'kysely'
import { dialectOf } from './dialect.js'
import { toDocument } from './document.js'
import { behind, cut } from './newest-first.js'
import { count, maybe, number, readerOf, text, texts } from './readable.js'
import type { Schema } from './schema.js'
import { insertOnce } from './upsert.js'
import { withoutCommands } from './without-commands.js'

const aStatus = (value: unknown): boolean => runStatuses.some((status) => status === value)

/** An unreadable stage, pause or position would skip the canary and the breaker, so reading the run throws. */
const readStored = readerOf<Run>({
  status: aStatus,
  accepted: texts,
  undoOf: maybe(text),
  stage: maybe(count),
  judgedFrom: maybe(count),
  startedAt: number,
  approvedAt: maybe(number),
  finishedAt: maybe(number),
  restUntil: maybe(number),
})
const read = (document: string): Run => withoutCommands(readStored(document))

/** The store's methods for runs. */
export function runMethods(
  db: Kysely<Schema>,
): Pick<Store, 'insertRun' | 'updateRun' | 'run' | 'runOfPlan' | 'runs' | 'listRuns' | 'runsWith'> {
  const one = async (column: 'run_id' | 'plan_id', id: string): Promise<Run | undefined> => {
    const row = await db.selectFrom('runs').select('doc').where(column, '=', id).executeTakeFirst()
    return row === undefined ? undefined : read(row.doc)
  }
  return {
    async insertRun(run) {
      const { runId, planId, policy = '', status, startedAt, revision } = run
      const ids = { run_id: runId, plan_id: planId, policy }
      const row = { ...ids, status, started_at: startedAt, revision, doc: toDocument(run) }
      return (await insertOnce(db, 'runs', [row])) === 1
    },
    async updateRun(run) {
      const revision = run.revision + 1
      const result = await db
        .updateTable('runs')
        .set({ status: run.status, revision, doc: toDocument({ ...run, revision }) })
        .where('run_id', '=', run.runId)
        .where('revision', '=', run.revision)
        .executeTakeFirst()
      return result.numUpdatedRows === 1n
    },
    run: (id) => one('run_id', id),
    runOfPlan: (id) => one('plan_id', id),
    async runs(limit) {
      const rows = await db
        .selectFrom('runs')
        .select('doc')
        .orderBy('started_at', 'desc')
        .orderBy('run_id', 'desc')
        .limit(limit)
        .execute()
      return rows.map((row) => read(row.doc))
    },
    async listRuns({ policy, statuses, ...page }) {
      const from = behind(page, ['started_at', 'run_id'], dialectOf(db))
      let select = db.selectFrom('runs').select('doc')
      if (policy !== undefined) select = select.where('policy', '=', policy)
      if (statuses !== undefined) select = select.where('status', 'in', statuses)
      if (from !== undefined) select = select.where(from)
      const newestFirst = select.orderBy('started_at', 'desc').orderBy('run_id', 'desc')
      const rows = await newestFirst.limit(page.limit + 1).execute()
      const runs = rows.map((row) => read(row.doc))
      const { shown, ...rest } = cut(runs, page, ({ startedAt, runId }) => [startedAt, runId])
      return { runs: shown, ...rest }
    },
    async runsWith(status) {
      const rows = await db
        .selectFrom('runs')
        .select('doc')
        .where('status', '=', status)
        .orderBy('started_at')
        .orderBy('run_id')
        .execute()
      return rows.map((row) => read(row.doc))
    },
  }
}
