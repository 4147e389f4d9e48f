// rollcall accounts: lists the accounts of the newest snapshot as a table, as JSON, or as CSV that is safe in a spreadsheet.

import { accountTable, lastActiveInWords, type AccountView, type LastActiveView } from '@rollcall/api'
import { isProduct, isSite, placePhrase, productIn, UsageError, type AccountsRequest, type App } from '@rollcall/core'
import type { Command } from 'commander'
import { table, type JsonFlag } from './output.js'
import type { Session } from './session.js'

interface AccountFlags extends JsonFlag {
  readonly csv?: true
  readonly managed?: true
  readonly unmanaged?: true
  readonly limit?: string
  readonly search?: string
  readonly status?: string
  readonly product?: string
  readonly site?: string
  readonly inactiveFor?: string
  readonly inGroup?: string
}

const pageSize = 1000
const screenful = 50

function requestOf(flags: AccountFlags): AccountsRequest {
  const { search, status, product, site, inactiveFor, inGroup } = flags
  if (flags.managed === true && flags.unmanaged === true)
    throw new UsageError('Give --managed or --unmanaged, not both.')
  const managed = flags.managed === true ? true : flags.unmanaged === true ? false : undefined
  return { search, status, product, site, inactiveFor, inGroup, managed } as AccountsRequest
}

function limitOf({ limit, csv, json }: AccountFlags): number {
  if (limit === undefined) return csv === true || json === true ? Infinity : screenful
  if (!/^[1-9]\d{0,8}$/.test(limit)) throw new UsageError(`--limit is "${limit}"; give a whole number of at least 1.`)
  return Number(limit)
}

/** Reads page after page up to the limit. The first page has the total. */
async function* pages(app: App, request: AccountsRequest, limit: number) {
  let [left, after] = [limit, undefined as string | undefined]
  do {
    const page = await app.accounts({ ...request, limit: Math.min(left, pageSize), after })
    yield page
    left -= page.accounts.length
    after = page.next ?? undefined
  } while (left > 0 && after !== undefined)
}

async function printJson(listing: ReturnType<typeof pages>, { print }: Pick<Session, 'print'>): Promise<void> {
  let rows = 0
  for await (const { asOf, total, accounts } of listing) {
    if (rows === 0) print(`{"asOf":${JSON.stringify(asOf)},"total":${total},"accounts":[`)
    for (const account of accounts) print(`${rows++ === 0 ? '' : ','}\n${JSON.stringify(account)}`)
  }
  print('\n]}\n')
}

async function printCsv(listing: ReturnType<typeof pages>, { print }: Pick<Session, 'print'>): Promise<void> {
  print(accountTable.head)
  for await (const { accounts } of listing) for (const account of accounts) print(accountTable.line(account))
}

/** The last activity that the list shows: on one product if the filter names site and product. */
function lastActiveOf({ lastActive, products }: AccountView, place: ReturnType<typeof productIn>): LastActiveView {
  if (place === undefined) return lastActive
  const there = products.filter(({ site }) => isSite(site, place.site))
  const access =
    there.find(({ product }) => product === place.product) ??
    there.find(({ product }) => isProduct(product, place.product))
  return access?.lastActive ?? { unknown: `no access to ${placePhrase(place.site, place.product)}` }
}

async function printTable(
  listing: ReturnType<typeof pages>,
  flags: AccountFlags,
  { show }: Pick<Session, 'show'>,
): Promise<void> {
  const place = productIn(flags)
  const lastActive = place === undefined ? 'Last active' : `Last active in ${placePhrase(place.site, place.product)}`
  let [listed, all, date] = [0, 0, '']
  const rows: (readonly string[])[] = []
  for await (const { asOf, total, accounts } of listing) {
    ;[all, date] = [total, asOf]
    for (const account of accounts) {
      const { name, email, membershipStatus, accountStatus, protected: shield } = account
      const status = accountStatus === 'active' ? membershipStatus : accountStatus
      rows.push([name, email, status, lastActiveInWords(lastActiveOf(account, place)), shield?.by ?? ''])
    }
    listed += accounts.length
  }
  const more = listed < all ? '. Use --limit for more, or --csv or --json for all.' : ''
  show(
    {},
    undefined,
    () =>
      `${table(['Name', 'Email', 'Status', lastActive, 'Protected by'], rows)}\n${listed} of ${all} accounts, synced ${date}${more}`,
  )
}

/** Adds the command. */
export function accountCommands(program: Command, { print, show, using }: Session): void {
  program
    .command('accounts')
    .description('List the accounts of the newest snapshot')
    .option('--json', 'Print JSON')
    .option('--csv', 'Print CSV with one row per account')
    .option('--search <text>', 'Part of a name or email address')
    .option('--status <status>', 'Only active, suspended or deactivated accounts')
    .option('--managed', 'Only managed accounts')
    .option('--unmanaged', 'Only unmanaged accounts')
    .option('--product <key>', 'Only users of a product, such as jira-software')
    .option('--site <host>', 'Only users of a site, such as acme.atlassian.net')
    .option(
      '--inactive-for <duration>',
      'Only accounts inactive for a duration such as 90d: in one product with --site and --product, otherwise in all',
    )
    .option('--in-group <name>', 'Only members of a group')
    .option('--limit <n>', 'At most this many accounts')
    .action(
      using(async ({ app }, flags: AccountFlags) => {
        const listing = pages(app, requestOf(flags), limitOf(flags))
        if (flags.csv === true) await printCsv(listing, { print })
        else await (flags.json === true ? printJson(listing, { print }) : printTable(listing, flags, { show }))
      }),
    )
}
