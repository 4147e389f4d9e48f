// Runs an action once at a time, then loads all data again. An admin who has gone to another screen meanwhile stays there:
// `onDone` runs only while the component is still shown.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'

export function useAction<Wanted = void, Answered = unknown>(
  act: (wanted: Wanted) => Promise<Answered>,
  onDone?: (answered: Answered) => void,
) {
  const queries = useQueryClient()
  const waits = useRef(false)
  useEffect(() => {
    waits.current = true
    return () => {
      waits.current = false
    }
  }, [])
  return useMutation({
    mutationFn: act,
    onSuccess: (answered) => {
      if (waits.current) onDone?.(answered)
    },
    // Whatever came of it, somebody else may have been there too.
    onSettled: () => void queries.invalidateQueries(),
    networkMode: 'always',
  })
}
