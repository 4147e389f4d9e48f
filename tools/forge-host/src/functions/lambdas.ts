// Threads that stand in for lambdas: cold or warm, with the function's memory, killed at the time-out.

import { Worker } from 'node:worker_threads'
import type { AppFunction } from '../app/manifest.js'
import type { Thrown } from './failure.js'
import { compiledCodeOf, keepCompiledCode } from './compiled-code.js'
import type { AnswerCall, LambdaCall } from './lambda-call.js'

export interface LambdaMessage {
  readonly handler: string
  readonly args: readonly unknown[]
  readonly runtime: Readonly<Record<string, unknown>>
  readonly timeoutMs: number
}
export interface Line {
  readonly level: string
  readonly text: string
}
export type LambdaEnd =
  | { readonly kind: 'done'; readonly result?: string; readonly thrown?: Thrown; readonly heapBytes: number }
  | { readonly kind: 'time-out' }
  | { readonly kind: 'load-time-out' }
  | { readonly kind: 'out-of-memory' }
  | { readonly kind: 'crashed'; readonly thrown: Thrown }
export interface LambdaOptions {
  readonly bundle: string
  readonly egress: readonly string[]
  readonly ahead: Float64Array
  readonly variables: Readonly<Record<string, string>>
  readonly warm: boolean
  readonly loadMs: number
}
type Posted =
  | { readonly kind: 'ready' }
  | ({ readonly kind: 'call'; readonly id: number } & LambdaCall)
  | { readonly kind: 'compiled'; readonly code: Uint8Array }
  | ({ readonly kind: 'console' } & Line)
  | (LambdaEnd & { readonly kind: 'done' })
interface Lambda {
  readonly worker: Worker
  loaded: boolean
}

const script = new URL('./lambda/lambda.cjs', import.meta.url)

function endOf({ name, message, code, stack }: Error & { code?: string }): LambdaEnd {
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return { kind: 'out-of-memory' }
  return { kind: 'crashed', thrown: { name, message, ...(stack === undefined ? {} : { stack }) } }
}

/** Makes the pool in which lambdas start, wait and end. */
export function createLambdas(options: LambdaOptions, answerCall: AnswerCall) {
  const { bundle, egress, ahead, variables, warm, loadMs } = options
  const idle = new Map<string, Lambda[]>()
  const living = new Set<Worker>()
  const ending = new Map<string, Set<(end: LambdaEnd) => void>>()

  function start({ key, memoryMb }: AppFunction): Lambda {
    const worker = new Worker(script, {
      workerData: { bundle, compiled: compiledCodeOf(bundle), egress, ahead },
      env: { ...variables },
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
      // The app must not inherit the options of the host's own process, such as a TypeScript loader.
      execArgv: [],
      stdout: true,
      stderr: true,
    })
    worker.on('error', () => undefined)
    worker.on('message', async (posted: Posted) => {
      if (posted.kind === 'compiled') keepCompiledCode(bundle, posted.code)
      if (posted.kind === 'call')
        worker.postMessage({ kind: 'answer', id: posted.id, response: await answerCall(posted) })
    })
    worker.on('exit', () => {
      living.delete(worker)
      idle.set(
        key,
        (idle.get(key) ?? []).filter((one) => one.worker !== worker),
      )
    })
    living.add(worker)
    return { worker, loaded: false }
  }

  /** Waits for the end of one invocation; afterwards the lambda is either idle or dead. */
  async function run(of: AppFunction, message: LambdaMessage, onLine: (line: Line) => void, onStart: () => void) {
    const lambda = idle.get(of.key)?.pop() ?? start(of)
    const { worker } = lambda
    let timer: NodeJS.Timeout | undefined
    let settle: (end: LambdaEnd) => void = () => undefined
    const ended = new Promise<LambdaEnd>((resolve) => {
      settle = resolve
    })
    const endings = ending.get(of.key) ?? new Set()
    ending.set(of.key, endings.add(settle))
    const begin = () => {
      onStart()
      clearTimeout(timer)
      timer = setTimeout(() => settle({ kind: 'time-out' }), message.timeoutMs)
      worker.postMessage(message)
    }
    const onMessage = (posted: Posted) => {
      if (posted.kind === 'call' || posted.kind === 'compiled') return undefined
      if (posted.kind === 'console') return onLine(posted)
      if (posted.kind === 'done') return settle(posted)
      lambda.loaded = true
      return begin()
    }
    const onError = (thrown: Error & { code?: string }) => settle(endOf(thrown))
    const onExit = (code: number) =>
      settle({ kind: 'crashed', thrown: { message: `the function ended its process with code ${code}` } })
    worker.on('message', onMessage).on('error', onError).on('exit', onExit)
    if (lambda.loaded) begin()
    else timer = setTimeout(() => settle({ kind: 'load-time-out' }), loadMs)
    const end = await ended
    endings.delete(settle)
    clearTimeout(timer)
    worker.off('message', onMessage).off('error', onError).off('exit', onExit)
    if (warm && end.kind === 'done') idle.set(of.key, [...(idle.get(of.key) ?? []), lambda])
    else await worker.terminate()
    return end
  }

  return {
    run,
    /** Ends all invocations of a function at once, as running out of memory would; returns how many. */
    kill(key: string): number {
      const running = [...(ending.get(key) ?? [])]
      for (const settle of running) settle({ kind: 'out-of-memory' })
      return running.length
    },
    /** Ends all of them, also those that run. */
    async close(): Promise<void> {
      await Promise.all([...living].map((worker) => worker.terminate()))
    },
  }
}
