import { operation } from '../../operation.js'
import { snapshot } from '../../responses/snapshot.js'

export const sync = operation({
  method: 'post',
  path: '/sync',
  role: 'operator',
  summary: 'Sync now: read every account from Atlassian into a new snapshot',
  response: snapshot,
  long: true,
  async handler(_, { app, by, now, slice }) {
    const [begun, before] = [now(), app.requests()]
    const { id: snapshotId, asOf, accounts, complete, unreadableAccounts = 0 } = await app.sync(by, undefined, slice)
    return {
      snapshotId,
      asOf: new Date(asOf ?? begun).toISOString(),
      accounts,
      complete,
      unreadableAccounts,
      requests: app.requests() - before,
      durationMs: now() - begun,
    }
  },
})
