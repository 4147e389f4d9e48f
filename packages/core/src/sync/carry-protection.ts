// Carries what protected an account by a name or an address that this read lacks: Atlassian may leave it out, and the service
// account behind it is one still. Only the fact is kept, never the name or the address.

import type { Account } from '../model/account.js'
import { isLikelyMachine } from '../model/machine-name.js'

/** Keeps that an account was a likely service account, as long as its name or its address is missing. */
export function withEarlierProtection(account: Account, earlier: Account): Account {
  if (account.name !== '' && account.email !== '') return account
  const { machineBefore } = earlier
  const filled = { name: account.name || earlier.name, email: account.email || earlier.email }
  const was = isLikelyMachine({ ...filled, ...(machineBefore === undefined ? {} : { machineBefore }) })
  return was ? { ...account, machineBefore: true } : account
}
