// Stands in for Atlassian while no key was entered: whatever needs it says so.

import { UsageError, type Directory } from '@rollcall/core'

const refuse = () =>
  Promise.reject(new UsageError('No organization is connected. Enter its id and an API key under "Connection".'))

export const unconnected: Directory = {
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
  apply: refuse,
  now: () => Date.now(),
  requests: () => 0,
}
