// The connection to the organization, where the host lets the page make it. Undefined data: not known, or not offered.
import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../host/client'
import type { ConnectionData, ConnectionWanted } from './connection-data'
import { isForbidden } from '../host/problem'

const { connecting } = client
const key = ['connection']

export interface ConnectionKnown {
  readonly data: ConnectionData | null | undefined
  /** Whether the page lets people connect; undefined until that is known. */
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
  const known = data === 'elsewhere' ? undefined : data
  const offered = data === undefined ? undefined : data !== 'elsewhere'
  return { data: known, offered: connecting === undefined ? false : offered, error, refetch }
}

/** Connects, or connects anew. */
export function useConnect() {
  return useChange(async (wanted: ConnectionWanted) => connecting?.connect(wanted))
}

export function useDisconnect() {
  return useChange(async () => connecting?.disconnect())
}

/** Ends once the page knows what became of it. */
function useChange<Wanted = void>(change: (wanted: Wanted) => Promise<void>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: key })
      void queries.invalidateQueries({ queryKey: ['overview'] })
    },
    networkMode: 'always',
    // What was entered is a key: it is not remembered.
    gcTime: 0,
  })
}
