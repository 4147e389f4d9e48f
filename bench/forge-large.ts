// 150,000 people inside Jira: the roll and a run of 500 accounts through consumers of 900 seconds, while every tenth
// call to the platform fails. Nobody twice, nobody forgotten, and no limit of the platform reached.

import removeServers, { folderOfRun } from '../tests/mariadb/run.js'
import { atLeast, atMost, note, report } from './support/figures.js'

const [people, accounts] = [150_000, 500]
const removeServer = await removeServers()
process.env['ROLLCALL_MARIADB'] = folderOfRun()
const { everyTenthCall, everyTenthRequest, playLarge } = await import('../tests/forge/large.js')
const { nearness } = await import('../tests/forge/nearness.js')

try {
  const { outcome, counts, limits } = await playLarge(
    people,
    accounts,
    [...everyTenthCall, everyTenthRequest],
    (text) => note(`forge-large: ${text}`),
  )
  for (const line of nearness(counts, limits)) note(line)
  const { read, complete, applied, twice, forgotten, others, verified } = outcome
  report(
    [
      atLeast('people read', complete ? read : 0, outcome.people),
      atLeast('accounts applied', applied, accounts),
      atMost('accounts changed twice', twice, 0),
      atMost('accounts forgotten', forgotten, 0),
      atMost('accounts of no plan changed', others, 0),
      atLeast('audit logs verified', verified ? 1 : 0, 1),
      // One snapshot stands beside the one that is being read.
      atMost('mebibytes of two snapshots', 2 * outcome.mebibytes, 1024),
      atMost('seconds of the longest invocation', (counts.functions['worker']?.longestMs ?? 0) / 1000, 900),
    ],
    { ...outcome, faults: counts.faults, functions: counts.functions, most: counts.most, refused: counts.refused },
  )
} finally {
  await removeServer()
}
