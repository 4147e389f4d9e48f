// The resolver handles the calls of the page. It accepts only Jira administrators; the platform identifies them.

import { makeResolver, type Request } from '@forge/resolver'
import { operations } from '@rollcall/api'
import { randomUUID } from 'node:crypto'
import { check, operationNamed, runOperation } from './run-operation.js'
import { startJob } from './background-job.js'
import { administersJira } from './admin.js'
import { connectionOperations } from './connection-operations.js'
import { isLicensed, unlicensed } from './license.js'
import { open } from './open.js'
import { readOutcome, type Outcome } from './outcome.js'
import { problemOf } from './problem.js'
import { resolverAllowance } from './time-slice.js'
import { inSize } from './response-size.js'

/** A long operation returns the id of its background job; the page polls "job" for the outcome. */
type Reply = Outcome | { readonly job: string }

type Handler = (payload: Readonly<Record<string, unknown>>, accountId: string) => Promise<Reply>

/** Accepts only Jira administrators, and turns every error into a response. */
const guarded =
  (handle: Handler) =>
  async ({ payload, context }: Request): Promise<Reply> => {
    try {
      const { accountId } = context as { readonly accountId?: string }
      if (accountId === undefined || !(await administersJira()))
        return { error: { code: 'forbidden', message: 'Only Jira administrators can use Rollcall.' } }
      return inSize(await handle(payload as Readonly<Record<string, unknown>>, accountId))
    } catch (failure) {
      return { error: problemOf(failure) }
    }
  }

/** A long operation runs as a background job. */
const inBackground =
  (name: string): Handler =>
  async (payload, by) => {
    check(operationNamed(name), payload)
    return { job: await startJob({ operation: name, asked: payload, by }) }
  }

const atOnce =
  (name: string): Handler =>
  async (payload, by) => {
    const opened = await open(`page ${randomUUID()}`, resolverAllowance, [by])
    const outcome = await runOperation(name, payload, by, opened)
    if (name !== 'overview' || !('value' in outcome) || isLicensed()) return outcome
    const overview = outcome.value as Awaited<ReturnType<typeof opened.app.overview>>
    return { value: { ...overview, notices: [unlicensed, ...overview.notices] } }
  }

const handlers: Readonly<Record<string, Handler>> = {
  ...Object.fromEntries(
    Object.entries(operations).map(([name, { long }]) => [name, long === true ? inBackground(name) : atOnce(name)]),
  ),
  ...connectionOperations,
  job: async ({ id }) => (await readOutcome(String(id), Date.now())) ?? { job: String(id) },
}

export const resolver = makeResolver(
  Object.fromEntries(Object.entries(handlers).map(([name, handle]) => [name, guarded(handle)])),
)
