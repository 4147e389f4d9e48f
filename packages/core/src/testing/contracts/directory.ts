// The contract of every Directory, for an organization of a few hundred users with Jira and at least two groups.

import { isApplied, type Change } from '../../model/change.js'
import { newestActivity, type Account, type ActivityInAtlassian } from '../../model/account.js'
import { DirectoryError } from '../../model/errors.js'
import { brandId } from '../../model/ids.js'
import { hasPaidSeats } from '../../model/paid-seat.js'
import type { GroupGrant, Workspace } from '../../model/organization.js'
import type { Directory } from '../../ports.js'
import { fails, hold, same, type Promised } from './promised.js'
import { keyAbilities, type KeyAbility } from '../../model/api-key.js'

const yes = () => Promise.resolve(true)

async function everyone(directory: Directory) {
  const workspaces = await directory.workspaces()
  const { groups } = await directory.readGroups(workspaces, [], () => false)
  const [accounts, pages]: [Account[], number[]] = [[], []]
  for (let cursor: string | undefined; ;) {
    const page = await directory.readAccounts(workspaces, groups, cursor)
    accounts.push(...page.accounts)
    pages.push(page.accounts.length)
    hold(pages.length < 1000, 'the pages end')
    if (page.cursor === undefined) return { accounts, pages, workspaces, groups }
    cursor = page.cursor
  }
}

interface Subject {
  readonly account: Account
  readonly workspaces: readonly Workspace[]
  readonly group: GroupGrant
}

/** Finds an ordinary active, managed account in a group that grants only one product. */
async function subjectOf(directory: Directory): Promise<Subject> {
  const { accounts, workspaces, groups: all } = await everyone(directory)
  for (const { ari } of workspaces) {
    const groups = (await directory.grantingGroups(ari, all)).filter(
      ({ modifiable, grants }) => modifiable && grants.length === 1,
    )
    for (const one of accounts) {
      const plain = one.managed && !one.synced && one.platformRoles.length === 0
      const group = groups.find(({ id }) => one.groups.some((mine) => mine.id === id))
      if (group === undefined || !plain || one.accountStatus !== 'active' || one.membershipStatus !== 'active') continue
      return { account: await directory.readAccount(one.accountId, workspaces), workspaces, group }
    }
  }
  throw new Error('The organization has no ordinary member of a group that grants one product.')
}

const stable = ({ groups, products, directories = [], ...rest }: Account) => ({
  ...rest,
  groups: groups.map(({ id }) => id).toSorted(),
  products: products.map(({ workspace }) => workspace).toSorted(),
  directories: directories.map(({ id, status }) => `${id} ${status}`).toSorted(),
})

/** Sends a change twice, expects it to show, reverses it, and expects the earlier state. */
async function thereAndBack(directory: Directory, subject: Subject, change: Change, back: Change): Promise<void> {
  const { account, workspaces } = subject
  for (const _time of ['first', 'second']) {
    same(await directory.apply(change, yes), 'accepted', `${change.kind} is accepted, even when nothing changes`)
    hold(isApplied(change, await directory.readAccount(account.accountId, workspaces)) === true, `${change.kind} shows`)
  }
  same(await directory.apply(back, yes), 'accepted', `${back.kind} is accepted`)
  const after = await directory.readAccount(account.accountId, workspaces)
  same(stable(after), stable(account), `${back.kind} restores the earlier state`)
}

const reads: readonly Promised<Directory>[] = [
  {
    promise: 'names its organization and its directories',
    async check(directory) {
      const organization = await directory.organization()
      hold(organization.id !== '' && organization.name !== '', 'the organization has an id and a name')
      const ids = (await directory.directories()).map(({ id }) => id)
      hold(ids.length > 0 && new Set(ids).size === ids.length, 'there is a directory, and each is listed once')
    },
  },
  {
    promise: 'lists each product of each site once',
    async check(directory) {
      const workspaces = await directory.workspaces()
      hold(workspaces.length > 0, 'there is a product')
      same(new Set(workspaces.map(({ ari }) => ari)).size, workspaces.length, 'distinct workspaces')
      hold(
        workspaces.every(({ site, product }) => site.includes('.') && product !== ''),
        'each has a site and a product',
      )
    },
  },
  {
    promise: 'lists every account once, in pages of at most 100, as many as it counts',
    async check(directory) {
      const { accounts, pages } = await everyone(directory)
      same(new Set(accounts.map((one) => one.accountId)).size, await directory.countAccounts(), 'distinct accounts')
      same(accounts.length, await directory.countAccounts(), 'accounts')
      hold(pages.length > 1 && pages.every((size) => size <= 100), 'more than one page, none above 100')
    },
  },
  {
    promise: 'lists every managed account once, in pages of at most 100, active no earlier than in the organization',
    async check(directory) {
      const managed = (await everyone(directory)).accounts.filter((one) => one.managed)
      const listed = new Map<string, ActivityInAtlassian>()
      let [count, cursor] = [0, undefined as string | undefined]
      do {
        const page = await directory.readManagedAccounts(cursor)
        hold(page.accounts.length <= 100, 'no page above 100')
        for (const one of page.accounts) listed.set(one.accountId, one)
        count += page.accounts.length
        cursor = page.cursor
        hold(count <= managed.length, 'the pages end')
      } while (cursor !== undefined)
      same(count, managed.length, 'managed accounts')
      for (const account of managed) {
        const last = listed.get(account.accountId)?.lastActive
        hold(last !== undefined, `${account.accountId} is listed`)
        const known = newestActivity(account)
        hold(known === undefined || (last.kind === 'at' && last.at >= known), `${account.accountId} was active then`)
      }
    },
  },
  {
    promise: 'reads one account as it lists it, plus its directories',
    async check(directory) {
      const { accounts, workspaces } = await everyone(directory)
      for (const listed of accounts.slice(0, 25)) {
        const {
          directories = [],
          ownRoles: _ownRoles,
          ...read
        } = await directory.readAccount(listed.accountId, workspaces)
        same(stable(read), stable(listed), `account ${listed.accountId}`)
        hold(listed.membershipStatus === 'no_membership' || directories.length > 0, 'a member is in a directory')
      }
    },
  },
  {
    promise: 'throws not-found for an account that does not exist',
    check: (directory) =>
      fails(
        directory.readAccount(brandId('557058:nobody'), []),
        (error) => error instanceof DirectoryError && error.code === 'not-found',
        'an unknown account is not found',
      ),
  },
  {
    promise: 'lists all groups that grant a product, each with everything that it grants',
    async check(directory) {
      const { accounts, workspaces, groups: all } = await everyone(directory)
      for (const { ari } of workspaces.filter(hasPaidSeats)) {
        const groups = await directory.grantingGroups(ari, all)
        hold(groups.length > 0 && groups.every(({ grants }) => grants.includes(ari)), `groups grant ${ari}`)
        const granting = new Set(groups.map(({ id }) => id))
        for (const one of accounts)
          same(
            one.products.some(({ workspace }) => workspace === ari),
            one.groups.some(({ id }) => granting.has(id)),
            `${one.accountId} has ${ari}`,
          )
        const used = await directory.countSeats(ari)
        hold(used > 0 && used <= accounts.length, 'seats are used, and no more than there are people')
      }
    },
  },
  {
    promise: 'finds a group by its exact name, and no group by an unknown name',
    async check(directory) {
      const { group } = await subjectOf(directory)
      same(
        (await directory.groupsNamed(group.name)).map(({ id }) => id),
        [group.id],
        'the group',
      )
      same(await directory.groupsNamed(`${group.name} that nobody made`), [], 'an unknown name')
    },
  },
  {
    promise: 'finds that its keys have every ability',
    async check(directory) {
      for (const ability of Object.keys(keyAbilities) as KeyAbility[]) await directory.tryKey(ability)
    },
  },
  {
    promise: 'counts its requests',
    async check(directory) {
      const before = directory.requests()
      await directory.organization()
      hold(directory.requests() > before, 'one more request')
    },
  },
]

const changes: readonly Promised<Directory>[] = [
  {
    promise: 'sends nothing without a permit',
    async check(directory) {
      const subject = await subjectOf(directory)
      const { account, workspaces } = subject
      const change: Change = { kind: 'deactivate', accountId: account.accountId }
      same(await directory.apply(change, () => Promise.resolve(false)), 'withheld', 'the result')
      same(stable(await directory.readAccount(account.accountId, workspaces)), stable(account), 'the account')
    },
  },
  {
    promise: 'suspends in a directory, also repeatedly, and restores',
    async check(directory) {
      const subject = await subjectOf(directory)
      const membership = subject.account.directories?.find(({ status }) => status === 'active')
      hold(membership !== undefined, 'the person is active in a directory')
      const change = { accountId: subject.account.accountId, directoryId: membership.id }
      await thereAndBack(directory, subject, { ...change, kind: 'suspend' }, { ...change, kind: 'restore' })
    },
  },
  {
    promise: 'removes an account from a group, also repeatedly, and adds it again',
    async check(directory) {
      const subject = await subjectOf(directory)
      const { account, group } = subject
      const change = { accountId: account.accountId, directoryId: group.directoryId, groupId: group.id }
      const [out, back] = [
        { ...change, kind: 'remove-from-group' },
        { ...change, kind: 'add-to-group' },
      ] as const
      await thereAndBack(directory, subject, out, back)
      same(await directory.apply(back, yes), 'accepted', 'adding a member again is accepted')
    },
  },
  {
    promise: 'deactivates a managed account where Atlassian allows it, also repeatedly, and activates it again',
    async check(directory) {
      const subject = await subjectOf(directory)
      const { accountId } = subject.account
      same((await directory.lifecycle(accountId)).allowed, true, 'the account may be deactivated')
      await thereAndBack(directory, subject, { kind: 'deactivate', accountId }, { kind: 'activate', accountId })
    },
  },
  {
    promise: 'refuses a change to an unknown account, and reports that it had no effect',
    async check(directory) {
      const { group } = await subjectOf(directory)
      const change = { accountId: brandId<Account['accountId']>('557058:nobody'), directoryId: group.directoryId }
      await fails(
        directory.apply({ ...change, kind: 'add-to-group', groupId: group.id }, yes),
        (error) => error instanceof DirectoryError && error.effect === 'none',
        'an unknown account is refused without effect',
      )
    },
  },
]

/** All promises of the Directory port. */
export const directoryContract: readonly Promised<Directory>[] = [...reads, ...changes]
