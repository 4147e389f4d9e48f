// Asks for one operation and keeps its answer; asks again by itself where something may change meanwhile.
import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query'
import type { OperationName, ResponseOf } from '@rollcall/api'
import { client } from '../host/client'
import { isForbidden, Problem } from '../host/problem'
import type { Asked } from '../host/transport'

interface Options<Data> {
  /** Milliseconds between two questions; false for once. */
  readonly every?: number | false | ((data: Data | undefined) => number | false)
  /** Shows the last answer until the next one is there: pages of a list. */
  readonly keep?: boolean
  readonly enabled?: boolean
}

/** What the host understood and cannot do will not be otherwise a second later. */
const isFinal = (failure: unknown) => isForbidden(failure) || failure instanceof Problem

export function useOperation<Name extends OperationName>(
  name: Name,
  asked: Asked = {},
  { every = false, keep = false, enabled = true }: Options<ResponseOf<Name>> = {},
): UseQueryResult<ResponseOf<Name>> {
  return useQuery<ResponseOf<Name>>({
    queryKey: [name, asked],
    queryFn: ({ signal }) => client.ask(name, asked, signal),
    refetchInterval: ({ state }) => (typeof every === 'function' ? every(state.data) : every),
    retry: (failures, error) => failures < 1 && !isFinal(error),
    networkMode: 'always',
    ...(keep ? { placeholderData: keepPreviousData } : {}),
    enabled,
  }) as UseQueryResult<ResponseOf<Name>>
}
