// Runs one action at a time, then loads all data again. `onDone` runs only while the component is on the screen, so an admin
// who has opened another screen stays there.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'

export function useAction<Input = void, Result = unknown>(
  act: (input: Input) => Promise<Result>,
  onDone?: (result: Result) => void,
) {
  const queries = useQueryClient()
  const mounted = useRef(false)
  useEffect(() => {
    mounted.current = true
    return () => {
      mounted.current = false
    }
  }, [])
  return useMutation({
    mutationFn: act,
    onSuccess: (result) => {
      if (mounted.current) onDone?.(result)
    },
    // Also after a failure: another admin may have changed the data.
    onSettled: () => void queries.invalidateQueries(),
    networkMode: 'always',
  })
}
