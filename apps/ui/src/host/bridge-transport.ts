// Inside Jira, by the bridge's invoke. What takes long is answered by a job, and the page asks how that went.
import { messages } from '../messages'
import { isRecord, problemIn } from './problem'
import type { Answer, Asked, Transport } from './transport'

export type Invoke = (name: string, payload: Readonly<Record<string, unknown>>) => Promise<unknown>
export type Wait = (ms: number, signal?: AbortSignal) => Promise<void>

const [firstMs, longestMs, growth] = [1_000, 5_000, 1.5]
/** So many questions in a row may fail before the page gives a job up: that one failed says nothing about the job. */
const patience = 5

/** Rejects as soon as the signal comes, whatever becomes of the promise: the bridge itself cannot be interrupted. */
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

const jobIn = (answer: unknown): string | undefined =>
  isRecord(answer) && typeof answer['job'] === 'string' ? answer['job'] : undefined

function answerIn(answer: unknown): Answer {
  const problem = problemIn(answer)
  if (problem !== undefined) throw problem
  if (isRecord(answer) && 'refused' in answer) return { refused: answer['refused'] }
  // JSON leaves out what is undefined.
  if (isRecord(answer) && !('error' in answer)) return { value: answer['value'] }
  throw new Error(messages.errors.unexpectedAnswer)
}

/** Makes the transport; `invoke` asks the app's resolver, and `wait` waits between two questions. */
export function bridgeTransport(invoke: Invoke, wait: Wait = sleep): Transport {
  const ask = (name: string, payload: Readonly<Record<string, unknown>>, signal?: AbortSignal) =>
    unlessAborted(invoke(name, payload), signal).catch((cause: unknown) => {
      if (signal?.aborted === true) throw cause
      throw new Error(messages.errors.bridge, { cause })
    })

  async function outcomeOf(id: string, signal?: AbortSignal): Promise<unknown> {
    let failures = 0
    for (let pause = firstMs; ; pause = Math.min(longestMs, pause * growth)) {
      await wait(pause, signal)
      try {
        const answer = await ask('job', { id }, signal)
        if (jobIn(answer) === undefined) return answer
        failures = 0
      } catch (failure) {
        failures += 1
        if (signal?.aborted === true || failures >= patience) throw failure
      }
    }
  }

  async function carry(name: string, asked: Asked = {}, signal?: AbortSignal): Promise<Answer> {
    const answer = await ask(name, { ...asked }, signal)
    const job = jobIn(answer)
    return answerIn(job === undefined ? answer : await outcomeOf(job, signal))
  }

  return { carry, carryConnecting: carry }
}
