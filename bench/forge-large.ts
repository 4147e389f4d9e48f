// A sync of 150,000 accounts inside Jira and a run of 500, in consumers of 900 seconds, while every tenth call to the
// platform fails. Every account changes exactly once, and the app reaches no limit of the platform.

import removeServers, { folderOfRun } from '../tests/mariadb/run.js'
import { atLeast, atMost, note, report } from './support/figures.js'

const [accounts, take] = [150_000, 500]
const removeServer = await removeServers()
process.env['ROLLCALL_MARIADB'] = folderOfRun()
const { everyTenthCall, everyTenthRequest, playLargeOrganization } =
  await import('../tests/forge/large-organization.js')
const { limitUsage } = await import('../tests/forge/limit-usage.js')

try {
  const { outcome, counts, limits } = await playLargeOrganization(
    accounts,
    take,
    [...everyTenthCall, everyTenthRequest],
    (text) => note(`forge-large: ${text}`),
  )
  for (const line of limitUsage(counts, limits)) note(line)
  const { read, complete, applied, twice, incomplete, unplanned, verified } = outcome
  report(
    [
      atLeast('accounts read', complete ? read : 0, outcome.accounts),
      atLeast('accounts applied', applied, take),
      atMost('accounts changed twice', twice, 0),
      atMost('accounts not changed completely', incomplete, 0),
      atMost('accounts outside the plan changed', unplanned, 0),
      atLeast('audit logs verified', verified ? 1 : 0, 1),
      // During a sync the database holds the old snapshot and the new one.
      atMost('mebibytes of two snapshots', 2 * outcome.mebibytes, 1024),
      atMost('seconds of the longest invocation', (counts.functions['worker']?.longestMs ?? 0) / 1000, 900),
    ],
    { ...outcome, faults: counts.faults, functions: counts.functions, most: counts.most, refused: counts.refused },
  )
} finally {
  await removeServer()
}
