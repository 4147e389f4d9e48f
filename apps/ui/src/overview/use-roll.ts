// Taking the roll: it goes on by itself, so leaving the page ends the waiting only.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { client } from '../host/client'

export function useRoll() {
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
export type RollTaking = Pick<ReturnType<typeof useRoll>, 'isPending' | 'error' | 'mutate'>
