// Steps of runs: durable before anything is sent, fixed once terminal, counted for the rolling budget, and written only
// by the process that holds the lane.

import type { Step, Store } from '@rollcall/core'
import { sql, type Kysely } from 'kysely'
import { fromDocument, toDocument } from './document.js'
import { held } from './lane.js'
import type { Schema } from './schema.js'
import { upsertWhen } from './upsert.js'

const notTerminal: readonly Step['state'][] = ['intent', 'sent']

// One statement judges the lane and the stored state and writes, so that no other process can come between.
const open = sql<boolean>`${sql.ref('steps.state')} in (${sql.join(notTerminal)})`

/** The store's methods for the steps of runs. */
export function stepMethods(
  db: Kysely<Schema>,
): Pick<Store, 'putStep' | 'steps' | 'stepsOf' | 'stepsSince' | 'intentsSince'> {
  const newest = db.selectFrom('steps').select('doc').orderBy('intent_at', 'desc').orderBy('run_id', 'desc')
  const stepsIn = (rows: readonly { readonly doc: string }[]) => rows.map(({ doc }) => fromDocument<Step>(doc))
  return {
    async putStep(step, { token }) {
      const { runId, position, accountId, state, intentAt } = step
      const row = { run_id: runId, position, account_id: accountId, state, intent_at: intentAt ?? null }
      const written = await upsertWhen(db, 'steps', ['run_id', 'position'], [{ ...row, doc: toDocument(step) }], {
        when: held(token),
        replace: open,
      })
      if (written > 0) return true
      // Nothing was written: the step had ended, or the lane is another's.
      return (await sql<object>`select 1 where ${held(token)}`.execute(db)).rows.length > 0
    },
    async steps(runId) {
      return stepsIn(
        await db.selectFrom('steps').select('doc').where('run_id', '=', runId).orderBy('position').execute(),
      )
    },
    stepsOf: async (accountId) =>
      stepsIn(await newest.where('account_id', '=', accountId).where('intent_at', 'is not', null).execute()),
    stepsSince: async (at) => stepsIn(await newest.where('intent_at', '>=', at).execute()),
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
