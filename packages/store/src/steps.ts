// Steps of runs: durable before a request is sent, fixed once terminal, counted for the weekly budget, and written only
// by the lease holder.

import { actionIds, type Instant, type Step, type Store } from '@rollcall/core'
import type { Kysely } from 'kysely'
import { toDocument } from './document.js'
import { holds, leaseHeldWith } from './lease.js'
import { inPieces } from './pieces.js'
import { count, list, maybe, number, oneOf, readerOf, text } from './readable.js'
import type { Schema } from './schema.js'
import { stepFields } from './stored-names.js'
import { insertOnce } from './upsert.js'

const notTerminal: readonly Step['state'][] = ['intent', 'sent']

const states: Readonly<Record<Step['state'], true>> = {
  intent: true,
  sent: true,
  applied: true,
  skipped: true,
  failed: true,
  unknown: true,
  'not-attempted': true,
}

const anAction = (value: unknown): boolean => actionIds.some((id) => id === value)

/** An unreadable step would count as ended without a change and could be repeated, so reading it throws. */
const read = readerOf<Step>(
  {
    position: count,
    accountId: text,
    action: anAction,
    state: oneOf(states),
    attempts: count,
    changes: list,
    accepted: maybe(count),
    intentAt: maybe(number),
    sentAt: maybe(number),
    endedAt: maybe(number),
  },
  stepFields.current,
)

interface IntentRow {
  readonly intent_at: number | string | bigint | null
  readonly run_id: string
  readonly position: number | string | bigint
  readonly doc: string
}

/** Ids per statement, as for accounts. */
const idsPerStatement = 500

/** The steps of some accounts, or of all accounts, newest intent first. */
async function newest(
  db: Kysely<Schema>,
  { accountIds, since }: { readonly accountIds?: readonly string[]; readonly since?: Instant },
): Promise<readonly Step[]> {
  const rows = await inPieces(db, Infinity, (size, last: IntentRow | undefined) => {
    let select = db.selectFrom('steps').select(['intent_at', 'run_id', 'position', 'doc']).limit(size)
    if (accountIds !== undefined) select = select.where('account_id', 'in', accountIds)
    select = since === undefined ? select.where('intent_at', 'is not', null) : select.where('intent_at', '>=', since)
    if (last !== undefined) {
      const [at, position] = [Number(last.intent_at), Number(last.position)]
      select = select.where(({ eb, or, and }) =>
        and([
          eb('intent_at', '<=', at),
          or([
            eb('intent_at', '<', at),
            eb('run_id', '<', last.run_id),
            and([eb('run_id', '=', last.run_id), eb('position', '<', position)]),
          ]),
        ]),
      )
    }
    return select.orderBy('intent_at', 'desc').orderBy('run_id', 'desc').orderBy('position', 'desc').execute()
  })
  return rows.map(({ doc }) => read(doc))
}

/** The store's methods for the steps of runs. */
export function stepMethods(
  db: Kysely<Schema>,
): Pick<Store, 'putStep' | 'steps' | 'stepsOf' | 'stepsOfSome' | 'stepsSince' | 'intentsSince'> {
  return {
    async putStep(step, { token }) {
      const { runId, position, accountId, state, intentAt } = step
      const content = {
        account_id: accountId,
        state,
        intent_at: intentAt ?? null,
        doc: toDocument(stepFields.stored(step)),
      }
      // Each statement checks the lease and the stored state and writes, so that no other process can write in between.
      // A process that ran between the two statements has taken the lease, and then both write nothing.
      const { numUpdatedRows } = await db
        .updateTable('steps')
        .set(content)
        .where('run_id', '=', runId)
        .where('position', '=', position)
        .where('state', 'in', notTerminal)
        .where(leaseHeldWith(token))
        .executeTakeFirst()
      if (numUpdatedRows > 0n) return true
      if ((await insertOnce(db, 'steps', [{ run_id: runId, position, ...content }], leaseHeldWith(token))) > 0)
        return true
      // Nothing was written: the step had ended, or was the same (some engines report that as no change), or another
      // process holds the lease.
      return holds(db, token)
    },
    async steps(runId) {
      const rows = await inPieces(db, Infinity, (size, last: Pick<IntentRow, 'position' | 'doc'> | undefined) => {
        const page = db.selectFrom('steps').select(['position', 'doc']).where('run_id', '=', runId)
        const from = last === undefined ? -1 : Number(last.position)
        return page.where('position', '>', from).orderBy('position').limit(size).execute()
      })
      return rows.map(({ doc }) => read(doc))
    },
    stepsOf: (accountId) => newest(db, { accountIds: [accountId] }),
    async stepsOfSome(accountIds) {
      const [distinct, found] = [[...new Set(accountIds)], [] as Step[]]
      for (let start = 0; start < distinct.length; start += idsPerStatement)
        found.push(...(await newest(db, { accountIds: distinct.slice(start, start + idsPerStatement) })))
      return found
    },
    stepsSince: (since) => newest(db, { since }),
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
