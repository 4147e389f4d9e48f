// The judge checks every invariant after a life, by what the simulator knows and not by what the product reports.

import type { Effect, Stage } from './stage.js'
import { taken, threshold, type Template } from './template.js'

interface Truth {
  readonly accountId: string
  readonly accountStatus: string
  readonly memberships: readonly { readonly directoryId: string; readonly status: string }[]
  readonly groups: readonly { readonly id: string; readonly name: string }[]
  readonly roles: readonly string[]
  readonly direct: readonly unknown[]
  readonly access: readonly string[]
}
interface Plan {
  readonly actions: readonly { readonly accountId: string }[]
}
interface Run {
  readonly runId: string
  readonly status: string
  readonly stopReason: string | null
}
interface Result {
  readonly accountId: string
  readonly state: string
  readonly reason: string | null
}
/** How a life ended: what the product reports about it, and a dump of all accounts from before. */
export interface Ended {
  readonly before: readonly Truth[]
  readonly plan: Plan
  readonly run: Run
  readonly results: readonly Result[]
  readonly undo: Plan
  readonly undone: Run
  readonly undoResults: readonly Result[]
  readonly verification: { readonly ok: boolean; readonly message?: string }
}

const terminal = ['applied', 'skipped', 'failed', 'unknown']
const service = /(^|[^a-z])(bot|service|automation|integration|svc)([^a-z]|$)/i
const escaped = (text: string) => text.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')

/** I1: the protected accounts, as the simulator knows them. */
function protectedAccounts({ organization }: Stage, { protections }: Template): ReadonlySet<string> {
  const { accounts, others, groups } = organization
  const patterns = protections
    .filter((one) => one.startsWith('email:'))
    .map((one) => new RegExp(`^${escaped(one.slice('email:'.length))}$`, 'i'))
  const isProtected = (account: (typeof accounts)[number]) =>
    account.accountType !== 'atlassian' ||
    account.orgRoles.size > 0 ||
    service.test(account.name) ||
    protections.includes(account.accountId) ||
    patterns.some((pattern) => pattern.test(account.email)) ||
    [...account.groups].some((id) => protections.includes(`group:${groups.get(id)?.name ?? ''}`))
  return new Set([...accounts, ...others].filter(isProtected).map(({ accountId }) => accountId))
}

const phaseOf = (of: 'run' | 'undo') => (effect: Effect) => (of === 'undo') === (effect.phase === 'undo')

/** I1 to I3 and I5: which accounts changed, and how often. */
function effectsOf(stage: Stage, template: Template, { plan, undo }: Ended): readonly string[] {
  const found: string[] = []
  const guarded = protectedAccounts(stage, template)
  const hit = stage.effects.filter(phaseOf('run'))
  for (const { accountId, change, at, inactiveSince = 0 } of hit) {
    if (guarded.has(accountId)) found.push(`I1: ${change} of ${accountId}, which is protected`)
    if (inactiveSince > at - threshold)
      found.push(`I2: ${change} of ${accountId}, which was active inside the threshold`)
  }
  const changedAccounts = new Set(hit.map(({ accountId }) => accountId))
  if (changedAccounts.size > taken)
    found.push(`I3: ${changedAccounts.size} accounts were changed, and ${taken} allowed`)
  for (const [of, { actions }] of [
    ['run', plan],
    ['undo', undo],
  ] as const) {
    const planned = new Set(actions.map(({ accountId }) => accountId))
    const times = new Map<string, number>()
    for (const { accountId, change, request } of stage.effects.filter(phaseOf(of))) {
      if (!planned.has(accountId)) found.push(`I1: ${change} of ${accountId}, which no plan of this ${of} names`)
      const key = `${request} of ${accountId}`
      times.set(key, (times.get(key) ?? 0) + 1)
    }
    for (const [request, count] of times) if (count > 1) found.push(`I5: ${request} took effect ${count} times`)
  }
  return found
}

/** I4: every planned account has one result, and it agrees with what happened to the account. */
function resultsOf(stage: Stage, of: 'run' | 'undo', plan: Plan, run: Run, results: readonly Result[]) {
  const found: string[] = []
  if (run.status !== 'finished') found.push(`I9: the ${of} is ${run.status}: ${run.stopReason ?? ''}`)
  for (const { accountId } of plan.actions) {
    const mine = results.filter((one) => one.accountId === accountId)
    const [{ state, reason } = { state: 'missing', reason: null }] = mine
    const changed = stage.effects.filter(phaseOf(of)).some((effect) => effect.accountId === accountId)
    if (mine.length !== 1 || !terminal.includes(state)) found.push(`I4: ${accountId} ended ${state} in the ${of}`)
    if (state === 'applied' && !changed)
      found.push(`I4: ${accountId} is reported as applied, and was not changed (${of})`)
    if ((state === 'skipped' || state === 'failed') && changed)
      found.push(`I4: ${accountId} is reported as ${state} (${reason}), and was changed (${of})`)
    if (state === 'failed') found.push(`I9: ${accountId} failed without a fault: ${reason}`)
    if (state === 'unknown' && !stage.marked.has(`${run.runId} ${accountId}`) && !stage.lost.has(accountId))
      found.push(`unknown without a kill between mark and response: ${accountId} (${reason})`)
  }
  return found
}

const comparable = ({ accountId, accountStatus, memberships, groups, roles, direct, access }: Truth): string =>
  JSON.stringify({
    accountId,
    accountStatus,
    direct,
    memberships: memberships.toSorted((a, b) => a.directoryId.localeCompare(b.directoryId)),
    groups: groups.map(({ id }) => id).toSorted(),
    roles: roles.toSorted(),
    access: access.toSorted(),
  })

/** I6: every account is as before, or the undo lists it as an exception. */
async function undoneOf(stage: Stage, { before, undoResults, undo }: Ended): Promise<readonly string[]> {
  const after = new Map(
    ((await stage.control('accounts'))['accounts'] as readonly Truth[]).map((one) => [one.accountId, one]),
  )
  const listed = new Set(
    undoResults.filter(({ state }) => state === 'unknown' || state === 'failed').map(({ accountId }) => accountId),
  )
  const planned = new Set(undo.actions.map(({ accountId }) => accountId))
  return before.flatMap((was) => {
    const is = after.get(was.accountId)
    if (is !== undefined && comparable(is) === comparable(was)) return []
    if (listed.has(was.accountId)) return []
    return [`I6: ${was.accountId} is not as before${planned.has(was.accountId) ? '' : ', and no undo was planned'}`]
  })
}

interface Fact {
  readonly event?: string
  readonly runId?: string
  readonly subject?: string
}

/** I4 and I7: the audit log as an auditor gets it, exported and verified by the command line. */
async function logOf(stage: Stage, { run, undone, verification }: Ended): Promise<readonly string[]> {
  const found: string[] = []
  if (!verification.ok) found.push(`I7: over HTTP, ${verification.message ?? 'the chain does not verify'}`)
  const [verified, exported] = await Promise.all([
    stage.command('audit', 'verify', '--json'),
    stage.command('audit', 'export'),
  ])
  if (verified.code !== 0) found.push(`I7: audit verify ended with ${verified.code}: ${verified.stdout}`)
  const facts = exported.stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { fact?: Fact }).fact)
    .filter((fact) => fact !== undefined)
  for (const { accountId, phase, change, intents } of stage.effects) {
    if (intents === 0) found.push(`I4: ${change} of ${accountId} took effect before its intent was in the log`)
    const { runId } = phase === 'undo' ? undone : run
    const mine = facts.filter((fact) => fact.subject === accountId && fact.runId === runId)
    for (const event of ['intent', 'result']) {
      const times = mine.filter((fact) => fact.event === event).length
      if (times !== 1) found.push(`I4: the log has ${times} entries for the ${event} of ${accountId} (${phase})`)
    }
  }
  return found
}

/** I8: no output contains a key. */
function secretsOf({ output, organization }: Stage): readonly string[] {
  return Object.values(organization.keys).some((key) => output.some((text) => text.includes(key)))
    ? ['I8: the output contains a key']
    : []
}

/** Finds every violation in a finished life. */
export async function judge(stage: Stage, template: Template, ended: Ended): Promise<readonly string[]> {
  const { plan, run, results, undo, undone, undoResults } = ended
  return [
    ...effectsOf(stage, template, ended),
    ...resultsOf(stage, 'run', plan, run, results),
    ...resultsOf(stage, 'undo', undo, undone, undoResults),
    ...(await undoneOf(stage, ended)),
    ...(await logOf(stage, ended)),
    ...secretsOf(stage),
  ]
}
