// The Directory while no organization is connected: every read and change fails with a sentence.

import { UsageError, type Directory } from '@rollcall/core'

/** Makes the Directory. `sentence` says how to connect on this host. */
export function unconnected(sentence: string): Directory {
  const refuse = () => Promise.reject(new UsageError(`No organization is connected. ${sentence}`))
  return {
    organization: refuse,
    directories: refuse,
    workspaces: refuse,
    countAccounts: refuse,
    countSeats: refuse,
    readGroups: refuse,
    readAccounts: refuse,
    readManagedAccounts: refuse,
    readAccount: refuse,
    grantingGroups: refuse,
    groupsNamed: refuse,
    tokenUsedAt: refuse,
    lifecycle: refuse,
    tryKey: refuse,
    keySuffixes: () => ({ read: undefined, act: undefined }),
    apply: refuse,
    now: () => Date.now(),
    time: () => ({ kind: 'known', at: Date.now() }),
    requests: () => 0,
  }
}
