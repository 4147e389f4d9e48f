// The database with which each life begins: a snapshot, protected accounts, and policies that were previewed.

import { cpSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { begins, host, openStage } from './stage.js'

export const actions = ['revoke-product-access', 'suspend-access', 'deactivate-account'] as const
export type Action = (typeof actions)[number]
/** The number of accounts in a plan; the last of them becomes active before the run begins. */
export const taken = 4
export const threshold = 90 * 86_400_000
const hours = 3_600_000
export const firesAfter = 12 * hours

const conditions = { all: [{ 'inactive-for': '90d' }, { managed: true }, { not: { 'in-group': 'contractors-keep' } }] }
const policyOf = (action: Action) => ({
  name: action,
  scope: { site: host, product: 'jira-software' },
  conditions,
  actions: [action],
  limits: { take: taken },
})
/** A policy with a schedule, which fires on the evening of the simulated day. */
const nightly = {
  ...policyOf('suspend-access'),
  name: 'nightly',
  schedule: { once: new Date(begins + firesAfter).toISOString().slice(0, 16), timeZone: 'UTC' },
  approval: 'automatic',
}

export interface Template {
  readonly folder: string
  /** Account ids, `group:NAME` and `email:PATTERN`. Each protects an account that a plan would otherwise contain. */
  readonly protections: readonly string[]
}
interface Planned {
  readonly actions: readonly { readonly accountId: string }[]
}

/** Makes the database once, with the real server. */
export async function makeTemplate(program: string): Promise<Template> {
  const stage = await openStage({ program })
  try {
    await stage.start()
    const must = async (method: string, path: string, body: unknown = {}) => {
      const response = await stage.call(method, path, body)
      if (response.status < 300) return response.body
      throw new Error(`${method} ${path} returned ${response.status}: ${JSON.stringify(response.body)}`)
    }
    await must('POST', '/api/sync')
    const protections: string[] = []
    for (const action of ['revoke-product-access', 'suspend-access'] as const) {
      // The three least active accounts: if a protection failed, the plan would contain them.
      const wide = { ...policyOf(action), limits: { take: 3 } }
      const candidates = ((await must('POST', '/api/plans', { document: wide })) as Planned).actions
        .map(({ accountId }) => stage.organization.byId.get(accountId))
        .filter((one) => one !== undefined)
      const teamOf = ({ groups }: { readonly groups: ReadonlySet<string> }) =>
        [...groups].map((id) => stage.organization.groups.get(id)?.name ?? '').find((name) => name.startsWith('team-'))
      // The protected group must not contain the two accounts that the other two entries protect.
      const third = candidates.find((one) => candidates.filter((other) => teamOf(other) === teamOf(one)).length === 1)
      const [first, second] = candidates.filter((one) => one !== third)
      if (first === undefined || second === undefined) throw new Error('Too few accounts are inactive.')
      const team = third === undefined ? 'contractors-keep' : teamOf(third)
      protections.push(first.accountId, `email:${second.email.replace('@acme.', '@*.')}`)
      if (protections.length === 2) protections.push(`group:${team}`)
    }
    for (const subject of protections) await must('PUT', '/api/protections', { subject, reason: 'asked for' })
    for (const policy of [...actions.map(policyOf), nightly]) {
      await must('POST', '/api/policies', policy)
      await must('POST', `/api/policies/${policy.name}/enable`)
      const seen = (await must('POST', '/api/plans', { policy: policy.name })) as Planned
      if (seen.actions.length !== taken)
        throw new Error(`The plan of ${policy.name} has ${seen.actions.length} accounts.`)
    }
    await stage.stop()
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-template-'))
    cpSync(stage.folder, folder, { recursive: true })
    return { folder, protections }
  } finally {
    await stage.close()
  }
}
