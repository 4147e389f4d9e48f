// A sync continues without the page, so leaving the page only stops waiting for it.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { client } from '../host/client'

export function useSync() {
  const queries = useQueryClient()
  const leaving = useRef<AbortController>(undefined)
  useEffect(() => {
    const controller = new AbortController()
    leaving.current = controller
    return () => controller.abort()
  }, [])
  return useMutation({
    mutationFn: () => client.sync(leaving.current?.signal),
    onSettled: () => queries.invalidateQueries(),
    networkMode: 'always',
  })
}
export type SyncMutation = Pick<ReturnType<typeof useSync>, 'isPending' | 'error' | 'mutate'>
