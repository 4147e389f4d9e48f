// Forgetting: erases a person's name and e-mail wherever Rollcall keeps them; what was done stays, by account id.

import { UsageError } from './errors.js'
import { parseAccountId } from './ids.js'
import type { Ports } from './ports.js'

/** As many snapshots as may be kept with their accounts. */
const snapshots = 10

/** Erases name and e-mail of an account in the kept snapshots and beside the audit log; says how many entries lost theirs. */
export async function forget(text: string, by: string, { store, auditLog, system }: Ports): Promise<number> {
  const accountId = parseAccountId(text.trim())
  if (accountId === undefined) throw new UsageError(`"${text}" is not an account id.`)
  await auditLog.append({ at: system.now(), actor: by, event: 'forgotten', subject: accountId })
  const underWay = await store.unfinishedSnapshot()
  for (const { id } of [...(await store.snapshots(snapshots)), ...(underWay === undefined ? [] : [underWay])]) {
    const account = await store.account(id, accountId)
    if (account !== undefined) await store.putAccounts(id, [{ ...account, name: '', email: '' }])
  }
  return auditLog.erase(accountId)
}
