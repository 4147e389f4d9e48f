// Who is protected without an entry: admins, what is no person, and what looks like a service account.

import { accountsOf, newestSnapshot } from './planning.js'
import type { Ports } from './ports.js'
import { protectedBy } from './protection.js'

const shown = 200

/** Lists the accounts that are protected by themselves, each with its reason, and counts them all. */
export async function automaticProtections(ports: Ports) {
  const snapshot = await newestSnapshot(ports)
  const now = ports.system.now()
  const accounts = []
  let total = 0
  for await (const account of accountsOf({ snapshotId: snapshot.id }, ports)) {
    const because = protectedBy(account, [], now)
    if (because === undefined) continue
    total += 1
    const { accountId, name, email } = account
    if (accounts.length < shown) accounts.push({ accountId, name, email, because })
  }
  return { total, accounts }
}
export type AutomaticProtections = Awaited<ReturnType<typeof automaticProtections>>
