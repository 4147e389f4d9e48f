// Requests one operation and caches its response. It can repeat the request at an interval.
import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query'
import type { OperationName, ResponseOf } from '@rollcall/api'
import { client } from '../host/client'
import { isForbidden, Problem } from '../host/problem'
import type { OperationInput } from '../host/transport'

interface Options<Data> {
  /** Milliseconds between two requests; false for a single request. */
  readonly every?: number | false | ((data: Data | undefined) => number | false)
  /** Shows the last response until the next one arrives, for pages of a list. */
  readonly keep?: boolean
  readonly enabled?: boolean
}

/** A retry does not help if the server understood the request and refused it. */
const isFinal = (failure: unknown) => isForbidden(failure) || failure instanceof Problem

export function useOperation<Name extends OperationName>(
  name: Name,
  input: OperationInput = {},
  { every = false, keep = false, enabled = true }: Options<ResponseOf<Name>> = {},
): UseQueryResult<ResponseOf<Name>> {
  return useQuery<ResponseOf<Name>>({
    queryKey: [name, input],
    queryFn: ({ signal }) => client.request(name, input, signal),
    refetchInterval: ({ state }) => (typeof every === 'function' ? every(state.data) : every),
    retry: (failures, error) => failures < 1 && !isFinal(error),
    networkMode: 'always',
    ...(keep ? { placeholderData: keepPreviousData } : {}),
    enabled,
  }) as UseQueryResult<ResponseOf<Name>>
}
