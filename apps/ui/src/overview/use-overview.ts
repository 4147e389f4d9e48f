// The overview, polled: every second while a run executes, so that its progress is live, every
// three during a sync, and every 15 seconds otherwise. After "forbidden" it stops.
import { useQuery } from '@tanstack/react-query'
import { client } from '../host/client'
import type { OverviewData } from './overview-data'
import { isForbidden } from '../host/problem'

const liveMs = 1_000
const soonMs = 3_000
const calmMs = 15_000

function pollInterval(overview: OverviewData | undefined): number {
  if (overview?.latestRun?.status === 'executing') return liveMs
  return overview?.roll == null ? calmMs : soonMs
}

export function useOverview() {
  return useQuery({
    queryKey: ['overview'],
    queryFn: ({ signal }) => client.overview(signal),
    refetchInterval: ({ state }) => {
      if (state.status !== 'error') return pollInterval(state.data)
      return isForbidden(state.error) ? false : calmMs
    },
    retry: (failures, error) => failures < 1 && !isForbidden(error),
    // The server may run on this machine, which needs no network.
    networkMode: 'always',
  })
}
