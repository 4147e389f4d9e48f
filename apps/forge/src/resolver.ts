// The resolver: what the page asks for. Every call is one of a person who administers Jira, by the platform's word.

import { makeResolver, type Request } from '@forge/resolver'
import { operations } from '@rollcall/api'
import { randomUUID } from 'node:crypto'
import { act, check, operationNamed } from './asked.js'
import { askLater } from './asked-job.js'
import { administersJira } from './admin.js'
import { connecting } from './connecting.js'
import { isLicensed, unlicensed } from './license.js'
import { open } from './open.js'
import { readOutcome, type Outcome } from './outcome.js'
import { problemOf } from './problem.js'
import { ofResolver } from './share.js'
import { inSize } from './response-size.js'

/** A job is answered by its id: the page asks with "job" how it went. */
type Answered = Outcome | { readonly job: string }

type Handler = (payload: Readonly<Record<string, unknown>>, accountId: string) => Promise<Answered>

/** Lets only those in who administer Jira; whatever goes wrong becomes an answer. */
const guarded =
  (handle: Handler) =>
  async ({ payload, context }: Request): Promise<Answered> => {
    try {
      const { accountId } = context as { readonly accountId?: string }
      if (accountId === undefined || !(await administersJira()))
        return { error: { code: 'forbidden', message: 'Only those who administer Jira may use Rollcall.' } }
      return inSize(await handle(payload as Readonly<Record<string, unknown>>, accountId))
    } catch (failure) {
      return { error: problemOf(failure) }
    }
  }

/** What takes long goes on by itself, and is asked for by its job. */
const later =
  (name: string): Handler =>
  async (payload, by) => {
    check(operationNamed(name), payload)
    return { job: await askLater({ operation: name, asked: payload, by }) }
  }

const atOnce =
  (name: string): Handler =>
  async (payload, by) => {
    const opened = await open(`page ${randomUUID()}`, ofResolver, [by])
    const outcome = await act(name, payload, by, opened)
    if (name !== 'overview' || !('value' in outcome) || isLicensed()) return outcome
    const overview = outcome.value as Awaited<ReturnType<typeof opened.app.overview>>
    return { value: { ...overview, notices: [unlicensed, ...overview.notices] } }
  }

const handlers: Readonly<Record<string, Handler>> = {
  ...Object.fromEntries(
    Object.entries(operations).map(([name, { long }]) => [name, long === true ? later(name) : atOnce(name)]),
  ),
  ...connecting,
  job: async ({ id }) => (await readOutcome(String(id), Date.now())) ?? { job: String(id) },
}

export const resolver = makeResolver(
  Object.fromEntries(Object.entries(handlers).map(([name, handle]) => [name, guarded(handle)])),
)
