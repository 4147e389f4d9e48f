// The overview, polled: every second while a run executes, so that its progress is live, and every 15 seconds otherwise.
import { useQuery } from '@tanstack/react-query'
import { client } from './client'
import type { OverviewData } from './overview-data'

const liveMs = 1_000
const calmMs = 15_000

export function pollInterval(overview: OverviewData | undefined): number {
  return overview?.latestRun?.status === 'executing' ? liveMs : calmMs
}

export function useOverview() {
  return useQuery({
    queryKey: ['overview'],
    queryFn: ({ signal }) => client.overview(signal),
    refetchInterval: ({ state }) => (state.status === 'error' ? calmMs : pollInterval(state.data)),
    retry: 1,
    // The server may well be this very machine, which answers without any network.
    networkMode: 'always',
  })
}
