// The transport inside Jira: the bridge's invoke. A long operation runs as a background job, whose outcome the page polls.
import type { Result } from '@rollcall/api'
import { messages } from '../messages'
import { isRecord, problemIn } from './problem'
import type { OperationInput, Transport } from './transport'

export type Invoke = (name: string, payload: Readonly<Record<string, unknown>>) => Promise<unknown>
export type Wait = (ms: number, signal?: AbortSignal) => Promise<void>

const [firstMs, longestMs, growth] = [1_000, 5_000, 1.5]
/** How many polls in a row may fail before the page gives up. A failed poll says nothing about the job. */
const maxFailures = 5

/** Rejects as soon as the signal aborts. The bridge cannot cancel a call, so the promise itself continues. */
function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return promise
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error)
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort, { once: true })
    return promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

const sleep: Wait = (ms, signal) => {
  let timer: ReturnType<typeof setTimeout>
  const slept = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)))
  return unlessAborted(slept, signal).finally(() => clearTimeout(timer))
}

const jobIn = (response: unknown): string | undefined =>
  isRecord(response) && typeof response['job'] === 'string' ? response['job'] : undefined

function outcomeIn(response: unknown): Result {
  const problem = problemIn(response)
  if (problem !== undefined) throw problem
  if (isRecord(response) && 'refused' in response) return { refused: response['refused'] }
  // JSON omits undefined values.
  if (isRecord(response) && !('error' in response)) return { value: response['value'] }
  throw new Error(messages.errors.unexpectedResponse)
}

/** Makes the transport. `invoke` calls the app's resolver; `wait` waits between two polls. */
export function bridgeTransport(invoke: Invoke, wait: Wait = sleep): Transport {
  const call = (name: string, payload: Readonly<Record<string, unknown>>, signal?: AbortSignal) =>
    unlessAborted(invoke(name, payload), signal).catch((cause: unknown) => {
      if (signal?.aborted === true) throw cause
      throw new Error(messages.errors.bridge, { cause })
    })

  async function outcomeOf(id: string, signal?: AbortSignal): Promise<unknown> {
    let failures = 0
    for (let pause = firstMs; ; pause = Math.min(longestMs, pause * growth)) {
      await wait(pause, signal)
      try {
        const response = await call('job', { id }, signal)
        if (jobIn(response) === undefined) return response
        failures = 0
      } catch (failure) {
        failures += 1
        if (signal?.aborted === true || failures >= maxFailures) throw failure
      }
    }
  }

  async function carry(name: string, input: OperationInput = {}, signal?: AbortSignal): Promise<Result> {
    const response = await call(name, { ...input }, signal)
    const job = jobIn(response)
    return outcomeIn(job === undefined ? response : await outcomeOf(job, signal))
  }

  return { carry, carryConnecting: carry }
}
