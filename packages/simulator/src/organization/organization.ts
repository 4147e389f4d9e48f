// The parts of the simulated organization.

export interface Membership {
  status: 'active' | 'suspended'
}
export interface HistoryEntry {
  readonly at: number
  readonly change: string
  readonly by: 'api' | 'person'
}
interface ApiToken {
  readonly id: string
  readonly label: string
  readonly createdAt: string
  readonly lastAccess?: string
}
export interface Account {
  readonly accountId: string
  readonly accountType: 'atlassian' | 'app' | 'customer'
  /** Of accounts of type `app` only. */
  readonly appType?: 'service' | 'agent'
  name: string
  nickname: string
  email: string
  readonly managed: boolean
  readonly synced: boolean
  accountStatus: 'active' | 'inactive' | 'closed'
  readonly addedToOrg: number
  jobTitle: string | null
  department: string | null
  readonly memberships: Map<string, Membership>
  readonly groups: Set<string>
  readonly orgRoles: Set<string>
  /** Roles held without a group. */
  direct: readonly Grant[]
  /** Newest activity by workspace ARI, epoch milliseconds. */
  readonly lastActive: Map<string, number>
  /** Newest activity on sites of other organizations, epoch milliseconds. */
  activeElsewhere?: number
  readonly history: HistoryEntry[]
  tokens: readonly ApiToken[]
  deactivatedAt: number | undefined
  /** When a deletion becomes final, epoch milliseconds. */
  deletionAt: number | undefined
}
export interface Grant {
  readonly ari: string
  readonly role: string
  readonly isDefault: boolean
}
export interface Group {
  readonly id: string
  readonly name: string
  readonly description: string | null
  readonly directoryId: string
  readonly synced: boolean
  readonly grants: Grant[]
  /** When the admin API starts to show it, epoch milliseconds. */
  readonly visibleAt: number
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
export interface Domain {
  readonly id: string
  readonly name: string
  readonly claim: { readonly type: 'dns' | 'http'; readonly status: 'verified' | 'unverified' }
}
export interface Keys {
  readonly unscoped: string
  readonly scoped: string
  readonly expired: string
  /** An API token of the site; the admin APIs refuse it. */
  readonly site: string
}
export interface Organization {
  readonly id: string
  readonly name: string
  readonly model: 'centralized' | 'original'
  readonly directories: readonly { id: string; name: string }[]
  readonly workspaces: readonly Workspace[]
  readonly groups: Map<string, Group>
  /** People, in the order in which they joined. */
  readonly accounts: Account[]
  /** Apps, service accounts and portal-only customers: Jira lists them, the admin API does not. */
  readonly others: readonly Account[]
  readonly byId: Map<string, Account>
  readonly domains: readonly Domain[]
  readonly keys: Keys
  readonly tally: Tally
}
export interface Tally {
  /** People with a seat on a workspace. */
  seats(ari: string): number
  /** People who can use a role on a workspace now. */
  holders(ari: string, role: string): number
  members(groupId: string): number
  listed(): number
  managed(): number
  /** Counts an account in (1) or out (-1); call it around every change. */
  count(account: Account, step: 1 | -1): void
}
