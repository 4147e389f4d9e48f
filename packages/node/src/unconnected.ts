// Stands in for Atlassian where no organization is connected: whatever needs it says so.

import { UsageError, type Directory } from '@rollcall/core'

/** Makes a Directory that refuses everything, with a sentence that says how to connect. */
export function unconnected(sentence: string): Directory {
  const refuse = () => Promise.reject(new UsageError(`No organization is connected. ${sentence}`))
  return {
    organization: refuse,
    directories: refuse,
    workspaces: refuse,
    countAccounts: refuse,
    countSeats: refuse,
    readAccounts: refuse,
    readAccount: refuse,
    grantingGroups: refuse,
    groupsNamed: refuse,
    tokenUsedAt: refuse,
    lifecycle: refuse,
    tryKey: refuse,
    keyEnds: () => ({ read: undefined, act: undefined }),
    apply: refuse,
    now: () => Date.now(),
    requests: () => 0,
  }
}
