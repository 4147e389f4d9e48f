// Planning for 30,000 accounts with a long protected list, compared with planning without one; all take turns.

import type { Protection } from '@rollcall/core'
import { writeAccounts } from './support/accounts.js'
import { atMost, median, note, report, timed } from './support/figures.js'
import { openRollcall } from './support/rollcall.js'

const accounts = 150_000
const rounds = 3
const entries = { ids: 10_000, patterns: 500 }

const rollcall = await openRollcall({ url: 'http://127.0.0.1:9', organizationId: 'organization', key: 'none' })
const { app, ports } = rollcall
note(`protections: writing ${accounts} accounts`)
await writeAccounts(ports.store, accounts, Date.now())
const everybody = (await app.accounts({ limit: 1000 })).accounts.map(({ accountId }) => accountId)

const entry = (subject: string): Protection => ({ subject, reason: 'board', by: 'bench', addedAt: 0 })
const lists: Readonly<Record<'without' | 'ids' | 'patterns', readonly Protection[]>> = {
  without: [],
  // The first ones exist; the list of a real organization also names accounts that have left.
  ids: Array.from({ length: entries.ids }, (_, n) => entry(everybody[n] ?? `left-${n}`)),
  patterns: Array.from({ length: entries.patterns }, (_, n) => entry(`email:*.${n}@*acme.example`)),
}
const document = {
  name: 'Suspend inactive users',
  scope: 'organization',
  conditions: { 'inactive-for': '90d' },
  actions: ['suspend-access'],
}
const times: Record<keyof typeof lists, number[]> = { without: [], ids: [], patterns: [] }
for (let round = 0; round < rounds; round += 1)
  for (const kind of ['without', 'ids', 'patterns'] as const) {
    ports.store.protections = () => Promise.resolve([...lists[kind]])
    times[kind].push(await timed(() => app.tryPolicy(document)))
  }
const [without, ids, patterns] = [median(times.without), median(times.ids), median(times.patterns)]
report(
  [
    atMost(`planning with ${entries.ids} protected accounts, times planning without`, ids / without, 1.2),
    atMost(`planning with ${entries.patterns} email patterns, times planning without`, patterns / without, 1.5),
  ],
  { accounts, milliseconds: { without, ids, patterns } },
)
await rollcall.close()
