// The connection to the organization. `data` is undefined while unknown, or if the page cannot connect one.
import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../host/client'
import type { ConnectionData, ConnectionRequest } from '@rollcall/api'
import { isForbidden } from '../host/problem'

const { connecting } = client
const key = ['connection']

export interface ConnectionKnown {
  readonly data: ConnectionData | null | undefined
  /** Whether the page can connect an organization; undefined until known. */
  readonly offered: boolean | undefined
  readonly error: Error | null
  readonly refetch: () => unknown
}

export function useConnection(): ConnectionKnown {
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: connecting === undefined ? skipToken : ({ signal }) => connecting.connection(signal),
    retry: (failures, failure) => failures < 1 && !isForbidden(failure),
    networkMode: 'always',
  })
  const elsewhere = data !== undefined && data !== null && 'elsewhere' in data
  const known = elsewhere ? undefined : data
  const offered = data === undefined ? undefined : !elsewhere
  return { data: known, offered: connecting === undefined ? false : offered, error, refetch }
}

/** Connects, or replaces the connection. */
export function useConnect() {
  return useChange(async (wanted: ConnectionRequest) => connecting?.connect(wanted))
}

export function useDisconnect() {
  return useChange(async () => connecting?.disconnect())
}

/** Ends after the page has loaded the new state. */
function useChange<Wanted = void>(change: (wanted: Wanted) => Promise<void>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: key })
      void queries.invalidateQueries({ queryKey: ['overview'] })
    },
    networkMode: 'always',
    // The variables contain a key, so the cache forgets them at once.
    gcTime: 0,
  })
}
