// A short message after an action that opened another screen, such as what became of the earlier plan. It belongs to the
// screen that the action opened, and goes when the admin leaves it.
import { useSyncExternalStore } from 'react'

interface FlagState {
  readonly message: string
  /** The address of the screen that shows it. */
  readonly at: string
}

let flag: FlagState | undefined
const listeners = new Set<() => void>()

function set(next: FlagState | undefined): void {
  flag = next
  for (const listener of listeners) listener()
}

const listen = (listener: () => void) => {
  listeners.add(listener)
  window.addEventListener('hashchange', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('hashchange', listener)
  }
}

const current = () => (flag?.at === window.location.hash ? flag.message : undefined)

/** Shows a message on the screen at this address. */
export const showFlag = (message: string, at: string): void => set({ message, at })
export const closeFlag = (): void => set(undefined)

/** The message of the open screen; undefined if it has none. */
export const useFlag = (): string | undefined => useSyncExternalStore(listen, current)
