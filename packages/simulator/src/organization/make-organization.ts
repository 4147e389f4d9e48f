// Makes the organization from a seed: the same options give the same one, byte for byte.

import { grantedTo } from './access.js'
import { makeOthers } from './make-apps-and-customers.js'
import type { Group, Organization, Workspace } from './organization.js'
import { makePeople } from './make-people.js'
import { createRandom, type Random } from './random.js'
import { createTally } from './tally.js'

export interface OrganizationOptions {
  readonly users: number
  readonly seed: number
  readonly now: number
  readonly model: 'centralized' | 'original'
}

const productNames: Readonly<Record<string, string>> = {
  'jira-software': 'Jira',
  'jira-servicedesk': 'Jira Service Management',
  confluence: 'Confluence',
}

function makeWorkspaces(random: Random, directoryOf: (host: string) => string): Workspace[] {
  const sites = ['acme.atlassian.net', 'acme-eu.atlassian.net', 'acme-sandbox-123.atlassian.net'].map((host) => ({
    host,
    cloudId: random.uuid(),
  }))
  const products = [['jira-software', 'jira-servicedesk', 'confluence'], ['jira-software'], ['jira-software']]
  return sites.flatMap(({ host, cloudId }, index) =>
    (products[index] ?? []).map((typeKey) => ({
      host,
      cloudId,
      typeKey,
      type: productNames[typeKey] ?? typeKey,
      capacity: null,
      ari: `ari:cloud:${typeKey}::site/${cloudId}`,
      directoryId: directoryOf(host),
      sandbox: index === 2,
    })),
  )
}

function makeGroups(random: Random, workspaces: readonly Workspace[]): Group[] {
  const [jira, desk, wiki, eu] = workspaces
  const make = (
    name: string,
    granted: readonly (Workspace | undefined)[],
    extra: { isDefault?: boolean; synced?: boolean } = {},
  ): Group => ({
    id: random.uuid(),
    name,
    description: null,
    directoryId: granted[0]?.directoryId ?? jira?.directoryId ?? '',
    synced: extra.synced ?? false,
    visibleAt: 0,
    grants: granted.flatMap((one) =>
      one === undefined ? [] : [{ ari: one.ari, role: 'atlassian/user', isDefault: extra.isDefault ?? false }],
    ),
  })
  return [
    make('jira-users-acme', [jira], { isDefault: true }),
    make('jira-testers-acme', [jira]),
    make('jira-servicedesk-agents', [desk], { isDefault: true }),
    make('confluence-users-acme', [wiki], { isDefault: true }),
    make('jira-users-eu', [eu], { isDefault: true }),
    make('all-in-one-acme', [jira, wiki]),
    make('okta-engineering', [jira], { synced: true }),
    make('contractors-keep', []),
    make('org-admins', []),
    make('site-admins', []),
    make('empty-group', []),
    ...['design', 'finance', 'platform', 'support'].map((team) => make(`team-${team}`, [])),
  ]
}

/** Makes the organization. Parts added later draw from their own generators, so that old seeds keep their people. */
export function makeOrganization({ users, seed, now, model }: OrganizationOptions): Organization {
  const random = createRandom(seed)
  const [id, first, second] = [random.uuid(), random.uuid(), random.uuid()]
  const directories =
    model === 'centralized'
      ? [{ id: first, name: 'Acme' }]
      : [
          { id: first, name: 'acme' },
          { id: second, name: 'acme-eu' },
        ]
  const directoryOf = (host: string) => (model === 'original' && host.startsWith('acme-eu') ? second : first)
  const workspaces = makeWorkspaces(random, directoryOf)
  const groups = new Map(makeGroups(random, workspaces).map((group) => [group.id, group]))
  const accounts = makePeople({ random, users, now, groups: [...groups.values()], workspaces })
  const granted = new Map<string, number>()
  for (const account of accounts)
    for (const ari of grantedTo(account, { groups })) granted.set(ari, (granted.get(ari) ?? 0) + 1)
  for (const workspace of workspaces) {
    const used = granted.get(workspace.ari) ?? 0
    workspace.capacity = workspace.typeKey === 'confluence' ? null : Math.max(10, Math.ceil((used * 1.08) / 10) * 10)
  }
  const keys = {
    unscoped: `unscoped-${random.hex(24)}`,
    scoped: `scoped-${random.hex(24)}`,
    expired: `expired-${random.hex(24)}`,
    site: `site-${createRandom(seed ^ 0x517e).hex(24)}`,
  }
  const others = makeOthers(createRandom(seed ^ 0x07e5), users, now)
  const byId = new Map([...accounts, ...others].map((account) => [account.accountId, account]))
  const domains = ['acme.example', 'acme-labs.example'].map((name, index) => ({
    id: createRandom(seed ^ (0xd0 + index)).hex(16),
    name,
    claim: { type: 'dns' as const, status: index === 0 ? ('verified' as const) : ('unverified' as const) },
  }))
  const tally = createTally({ accounts, groups, workspaces })
  return { id, name: 'Acme', model, directories, workspaces, groups, accounts, others, byId, domains, keys, tally }
}
