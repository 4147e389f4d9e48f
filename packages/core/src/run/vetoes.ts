// The vetoes in force, and ending one early.

import { UsageError } from '../model/errors.js'
import type { Ports } from '../ports.js'
import type { Veto } from '../model/veto.js'
import { vetoedBecause } from '../model/veto.js'

/** The vetoes in force. */
export async function vetoesInForce({ store, system }: Ports): Promise<readonly Veto[]> {
  const now = system.now()
  return (await store.vetoes()).filter((veto) => vetoedBecause(veto, now) !== undefined)
}

/** Ends a veto: policies apply to the account again. Rollcall makes no new veto for the same restore. */
export async function liftVeto(accountId: string, by: string, ports: Ports): Promise<void> {
  const { store, auditLog, system } = ports
  const veto = (await vetoesInForce(ports)).find((one) => one.accountId === accountId)
  if (veto === undefined) throw new UsageError(`There is no veto for ${accountId}.`, undefined, 'show-exemptions')
  await auditLog.append({ at: system.now(), actor: by, event: 'veto-lifted', subject: accountId })
  await store.putVeto({ ...veto, until: system.now(), times: 0 })
}
