// The simulated organization: its people, groups, sites and keys, made from a seed.

import { makePeople } from './people.js'
import { createRandom, type Random } from './random.js'

export interface Membership {
  status: 'active' | 'suspended'
}
export interface Account {
  readonly accountId: string
  readonly name: string
  readonly nickname: string
  readonly email: string
  readonly managed: boolean
  readonly synced: boolean
  accountStatus: 'active' | 'inactive' | 'closed'
  readonly addedToOrg: number
  readonly jobTitle: string | null
  readonly memberships: Map<string, Membership>
  readonly groups: Set<string>
  readonly orgRoles: Set<string>
  /** Newest activity by workspace ARI, epoch milliseconds. */
  readonly lastActive: Map<string, number>
  readonly history: { at: number; change: string; by: 'api' | 'person' }[]
}
export interface Group {
  readonly id: string
  readonly name: string
  readonly directoryId: string
  readonly synced: boolean
  readonly grants: readonly { ari: string; role: string; isDefault: boolean }[]
}
export interface Workspace {
  readonly ari: string
  readonly typeKey: string
  readonly type: string
  readonly host: string
  readonly cloudId: string
  readonly directoryId: string
  capacity: number | null
  readonly sandbox: boolean
}
export interface Organization {
  readonly id: string
  readonly name: string
  readonly model: 'centralized' | 'original'
  readonly directories: readonly { id: string; name: string }[]
  readonly workspaces: readonly Workspace[]
  readonly groups: ReadonlyMap<string, Group>
  readonly accounts: readonly Account[]
  readonly byId: ReadonlyMap<string, Account>
  readonly keys: { readonly unscoped: string; readonly scoped: string; readonly expired: string }
}
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
      ...{ host, cloudId, typeKey, type: productNames[typeKey] ?? typeKey, capacity: null },
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
    directoryId: granted[0]?.directoryId ?? jira?.directoryId ?? '',
    synced: extra.synced ?? false,
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

/** Makes the organization; the same options give the same one. */
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
  for (const workspace of workspaces) {
    const used = accounts.filter((account) =>
      [...account.groups].some((group) => groups.get(group)?.grants.some(({ ari }) => ari === workspace.ari)),
    ).length
    workspace.capacity = workspace.typeKey === 'confluence' ? null : Math.max(10, Math.ceil((used * 1.08) / 10) * 10)
  }
  const keys = {
    unscoped: `unscoped-${random.hex(24)}`,
    scoped: `scoped-${random.hex(24)}`,
    expired: `expired-${random.hex(24)}`,
  }
  const byId = new Map(accounts.map((account) => [account.accountId, account]))
  return { id, name: 'Acme', model, directories, workspaces, groups, accounts, byId, keys }
}
