// The connection to the organization, where the host lets the page make it. Undefined data: not known, or not offered.
import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../host/client'
import type { ConnectionWanted } from './connection-data'
import { isForbidden } from '../host/problem'

const { connecting } = client
export const connectingIsOffered = connecting !== undefined
const key = ['connection']

export function useConnection() {
  return useQuery({
    queryKey: key,
    queryFn: connecting === undefined ? skipToken : ({ signal }) => connecting.connection(signal),
    retry: (failures, error) => failures < 1 && !isForbidden(error),
    networkMode: 'always',
  })
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
