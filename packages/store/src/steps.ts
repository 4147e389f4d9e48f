// Steps of runs: durable before anything is sent, fixed once terminal, counted for the rolling budget.

import type { Step, Store } from '@rollcall/core'
import { sql, type Kysely } from 'kysely'
import { fromDocument, toDocument } from './document.js'
import type { Schema } from './schema.js'
import { upsert } from './upsert.js'

const notTerminal: readonly Step['state'][] = ['intent', 'sent']

// One statement judges the stored state and replaces it, so that no other process can come between.
const open = sql<boolean>`${sql.ref('steps.state')} in (${sql.join(notTerminal)})`

/** The store's methods for the steps of runs. */
export function stepMethods(db: Kysely<Schema>): Pick<Store, 'putStep' | 'steps' | 'intentsSince'> {
  return {
    putStep: (step) =>
      upsert(
        db,
        'steps',
        ['run_id', 'position'],
        [
          {
            run_id: step.runId,
            position: step.position,
            state: step.state,
            intent_at: step.intentAt ?? null,
            doc: toDocument(step),
          },
        ],
        open,
      ),
    async steps(runId) {
      const rows = await db.selectFrom('steps').select('doc').where('run_id', '=', runId).orderBy('position').execute()
      return rows.map((row) => fromDocument<Step>(row.doc))
    },
    async intentsSince(at) {
      const row = await db
        .selectFrom('steps')
        .select((eb) => eb.fn.countAll<number | string | bigint>().as('intents'))
        .where('intent_at', '>=', at)
        .executeTakeFirstOrThrow()
      return Number(row.intents)
    },
  }
}
