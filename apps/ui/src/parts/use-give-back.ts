// Makes the plan that gives access back to one user of a run, and opens it.
import { client } from '../host/client'
import { go } from '../shell/route'
import { useAction } from './use-action'

interface Taken {
  readonly runId: string
  readonly accountId: string
}

export const useGiveBack = () =>
  useAction(
    ({ runId, accountId }: Taken) =>
      client.request('giveBackOfRun', { params: { id: runId }, body: { accounts: [accountId] } }),
    ({ planId }) => go('plans', planId),
  )
