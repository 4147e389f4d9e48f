// Stands in for Atlassian where no organization is connected: whatever needs it says so.

import { UsageError, type Directory } from '@rollcall/core'

const refuse = () =>
  Promise.reject(
    new UsageError(
      'No organization is connected. Set ROLLCALL_ORG_ID and ROLLCALL_API_KEY (or ROLLCALL_API_KEY_FILE), or run "rollcall connect".',
    ),
  )

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
