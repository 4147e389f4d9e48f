// rollcall accounts: who is here, as a table, as one JSON document, or as a CSV file that no spreadsheet executes.

import { accountTable, lastActiveInWords } from '@rollcall/api'
import {
  productIn,
  UsageError,
  type AccountsRequest,
  type AccountView,
  type App,
  type LastActiveView,
} from '@rollcall/core'
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
  if (!/^[1-9]\d{0,8}$/.test(limit)) throw new UsageError(`--limit is "${limit}"; it has to be a whole number from 1.`)
  return Number(limit)
}

/** Reads page after page until the limit; the first page says how many there are. */
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

/** The use that the list goes by: of one product where site and product name it. */
function useOf({ lastActive, products }: AccountView, place: ReturnType<typeof productIn>): LastActiveView {
  if (place === undefined) return lastActive
  const access = products.find(({ site, product }) => site === place.site && product === place.product)
  return access?.lastActive ?? { unknown: `no access to ${place.product} on ${place.site}` }
}

async function printTable(
  listing: ReturnType<typeof pages>,
  flags: AccountFlags,
  { show }: Pick<Session, 'show'>,
): Promise<void> {
  const place = productIn(flags)
  const used = place === undefined ? 'Last active' : `Last active on ${place.product}`
  let [shown, all, dated] = [0, 0, '']
  const rows: (readonly string[])[] = []
  for await (const { asOf, total, accounts } of listing) {
    ;[all, dated] = [total, asOf]
    for (const account of accounts) {
      const { name, email, membershipStatus, accountStatus, protected: shield } = account
      const status = accountStatus === 'active' ? membershipStatus : accountStatus
      rows.push([name, email, status, lastActiveInWords(useOf(account, place)), shield?.by ?? ''])
    }
    shown += accounts.length
  }
  const more = shown < all ? '; --limit shows more, --csv and --json show all' : ''
  show(
    {},
    undefined,
    () =>
      `${table(['Name', 'E-mail', 'Status', used, 'Protected by'], rows)}\n${shown} of ${all} accounts, as of ${dated}${more}`,
  )
}

/** Adds the command. */
export function accountCommands(program: Command, { print, show, using }: Session): void {
  program
    .command('accounts')
    .description('people of the newest snapshot')
    .option('--json')
    .option('--csv', 'a CSV file with one row per account')
    .option('--search <text>', 'part of a name or e-mail')
    .option('--status <status>', 'active, suspended or deactivated')
    .option('--managed')
    .option('--unmanaged')
    .option('--product <key>')
    .option('--site <host>')
    .option(
      '--inactive-for <duration>',
      'such as 90d, up to the roll: on the product where --site and --product are given, else anywhere',
    )
    .option('--in-group <name>')
    .option('--limit <n>')
    .action(
      using(async ({ app }, flags: AccountFlags) => {
        const listing = pages(app, requestOf(flags), limitOf(flags))
        if (flags.csv === true) await printCsv(listing, { print })
        else await (flags.json === true ? printJson(listing, { print }) : printTable(listing, flags, { show }))
      }),
    )
}
