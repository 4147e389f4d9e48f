// The database that lives begin with: an organization that was read, people who are protected, policies that were seen.

import { cpSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { begins, host, openStage } from './stage.js'

export const actions = ['revoke-product-access', 'suspend-access', 'deactivate-account'] as const
export type Action = (typeof actions)[number]
/** So many accounts are planned in a run; the last of them becomes active before the run begins. */
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
/** Fires by itself, on the evening of the simulated day. */
const nightly = {
  ...policyOf('suspend-access'),
  name: 'nightly',
  schedule: { once: new Date(begins + firesAfter).toISOString().slice(0, 16), timeZone: 'UTC' },
  approval: 'automatic',
}

export interface Template {
  readonly folder: string
  /** Account ids, `group:NAME` and `email:PATTERN`, each of which spares somebody who would have been planned. */
  readonly protections: readonly string[]
}
interface Planned {
  readonly actions: readonly { readonly accountId: string }[]
}

/** Makes it once, with the real server. */
export async function makeTemplate(program: string): Promise<Template> {
  const stage = await openStage({ program })
  try {
    await stage.start()
    const must = async (method: string, path: string, body: unknown = {}) => {
      const answer = await stage.call(method, path, body)
      if (answer.status < 300) return answer.body
      throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
    }
    await must('POST', '/api/sync')
    const protections: string[] = []
    for (const action of ['revoke-product-access', 'suspend-access'] as const) {
      // The three least active: whoever is not protected after all will be planned.
      const wide = { ...policyOf(action), limits: { take: 3 } }
      const candidates = ((await must('POST', '/api/plans', { document: wide })) as Planned).actions
        .map(({ accountId }) => stage.organization.byId.get(accountId))
        .filter((one) => one !== undefined)
      const teamOf = ({ groups }: { readonly groups: ReadonlySet<string> }) =>
        [...groups].map((id) => stage.organization.groups.get(id)?.name ?? '').find((name) => name.startsWith('team-'))
      // The group must not spare those two whom the other lines are about.
      const third = candidates.find((one) => candidates.filter((other) => teamOf(other) === teamOf(one)).length === 1)
      const [first, second] = candidates.filter((one) => one !== third)
      if (first === undefined || second === undefined) throw new Error('Too few are inactive.')
      const team = third === undefined ? 'contractors-keep' : teamOf(third)
      protections.push(first.accountId, `email:${second.email.replace('@acme.', '@*.')}`)
      if (protections.length === 2) protections.push(`group:${team}`)
    }
    for (const subject of protections) await must('PUT', '/api/protections', { subject, reason: 'asked for' })
    for (const policy of [...actions.map(policyOf), nightly]) {
      await must('POST', '/api/policies', policy)
      await must('POST', `/api/policies/${policy.name}/enable`)
      const seen = (await must('POST', '/api/plans', { policy: policy.name })) as Planned
      if (seen.actions.length !== taken) throw new Error(`The plan of ${policy.name} holds ${seen.actions.length}.`)
    }
    await stage.stop()
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-template-'))
    cpSync(stage.folder, folder, { recursive: true })
    return { folder, protections }
  } finally {
    await stage.close()
  }
}
