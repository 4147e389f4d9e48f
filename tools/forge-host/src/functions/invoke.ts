// One invocation of one function: its runtime, its limits in time, memory and log lines, and its cost.

import { randomBytes, randomUUID } from 'node:crypto'
import { countsOf, type Counts } from '../limits/counts.js'
import { FunctionFailure } from './failure.js'
import type { LimitMeter } from '../limits/limit-meter.js'
import { type Installation } from '../app/installation.js'
import { contextAri } from '../app/contexts.js'
import type { createLambdas, LambdaEnd } from './lambdas.js'
import type { Limits } from '../limits/limits.js'
import type { Note } from '../log.js'
import type { Manifest } from '../app/manifest.js'
import type { AppFunction } from '../app/manifest.js'
import type { Caller, Invocation } from './invocation.js'

export interface InvokerOptions {
  readonly manifest: Manifest
  readonly installation: Installation
  readonly limits: Limits
  readonly counts: Counts
  readonly meter: LimitMeter
  readonly note: Note
  readonly lambdas: ReturnType<typeof createLambdas>
  /** Called when an invocation is over. */
  readonly onEnd: () => void
}

/** The packages read it, but reach the platform by the lambda's own calls. */
const proxyUrl = 'http://proxy.invalid'

/** Makes the invoker, and the list of what runs. */
export function createInvoker(options: InvokerOptions, running: Map<string, Invocation>) {
  const { manifest, installation, limits, counts, meter, note, lambdas, onEnd } = options

  const runtimeOf = ({ id, token, of, accountId }: Invocation, { moduleKey, moduleType }: Caller) => ({
    proxy: { token, url: proxyUrl },
    contextAri: contextAri(installation),
    container: {},
    ...(accountId === undefined ? {} : { aaid: accountId }),
    tracing: { traceId: id.replaceAll('-', ''), spanId: id.slice(0, 8) },
    realtime: {},
    appContext: {
      appId: manifest.appId,
      appVersion: installation.appVersion,
      invocationId: id,
      environmentId: installation.environmentId,
      environmentType: installation.environmentType,
      installationId: installation.installationId,
      functionKey: of.key,
      moduleKey,
      moduleType,
      ...(installation.license === undefined ? {} : { license: installation.license }),
      installation: {
        ari: { installationId: installation.installationId },
        contexts: [{ cloudId: installation.cloudId }],
      },
      permissions: { scopes: manifest.scopes, external: { fetch: { backend: manifest.egress } } },
    },
  })

  /** Keeps a line while there is room; the platform drops further lines silently. */
  function lineKeeper({ id, minutes }: Invocation) {
    let [lines, bytes] = [0, 0]
    return ({ level, text }: { readonly level: string; readonly text: string }) => {
      const length = Buffer.byteLength(text)
      if (lines >= limits.logLinesPerRuntimeMinute * minutes || bytes + length > limits.logBytes) {
        counts.logs.dropped += 1
        return
      }
      ;[lines, bytes] = [lines + 1, bytes + length]
      meter.record('logLinesPerRuntimeMinute', Math.ceil(lines / minutes))
      meter.record('logBytes', bytes)
      counts.logs.lines += 1
      counts.logs.bytes += length
      note('console', text, { invocationId: id, level })
    }
  }

  /** The limit that a function's time is measured by. */
  const timeLimitOf = ({ key, timeoutSeconds }: AppFunction): keyof Limits =>
    key === manifest.page?.functionKey
      ? 'resolverSeconds'
      : timeoutSeconds > limits.backgroundSeconds
        ? 'longestSeconds'
        : 'backgroundSeconds'

  function count({ of, egress }: Invocation, end: LambdaEnd, ms: number): void {
    const kept = countsOf(counts, of.key)
    kept.invocations += 1
    kept.durationMs += ms
    kept.longestMs = Math.max(kept.longestMs, ms)
    kept.gbSeconds += (ms / 1000) * (of.memoryMb / 1024)
    kept.mostEgress = Math.max(kept.mostEgress, egress)
    meter.record(timeLimitOf(of), ms / 1000)
    if (end.kind === 'done') {
      kept.heapBytes = Math.max(kept.heapBytes, end.heapBytes)
      meter.record('memoryMb', end.heapBytes / 2 ** 20)
    }
    if (end.kind === 'time-out') kept.timeouts += 1
    else if (end.kind === 'out-of-memory') kept.outOfMemory += 1
    else if (end.kind !== 'done' || end.thrown !== undefined) kept.errors += 1
  }

  function resultOf({ key, timeoutSeconds, memoryMb }: AppFunction, end: LambdaEnd): unknown {
    if (end.kind === 'time-out')
      throw new FunctionFailure('FUNCTION_TIME_OUT', key, `Function ${key} timed out after ${timeoutSeconds} seconds`)
    if (end.kind === 'load-time-out')
      throw new FunctionFailure(
        'FUNCTION_TIME_OUT',
        key,
        `Function ${key} was not loaded in ${limits.loadSeconds} seconds`,
      )
    if (end.kind === 'out-of-memory')
      throw new FunctionFailure('FUNCTION_OUT_OF_MEMORY', key, `Function ${key} needs more than ${memoryMb} MB`)
    const { thrown } = end
    if (thrown !== undefined) throw new FunctionFailure('FUNCTION_ERR', key, thrown.message, thrown)
    if (end.kind === 'crashed') return undefined
    const length = Buffer.byteLength(end.result ?? '')
    if (!meter.allows('invokeResponseBytes', length))
      throw new FunctionFailure('FUNCTION_ERR', key, `The result has ${length} bytes of ${limits.invokeResponseBytes}`)
    return end.result === undefined ? undefined : (JSON.parse(end.result) as unknown)
  }

  /** Runs a function and returns its result, or throws a FunctionFailure. */
  return async function invoke(functionKey: string, args: readonly unknown[], caller: Caller): Promise<unknown> {
    const of = manifest.functions.get(functionKey)
    if (of === undefined) throw new Error(`The manifest has no function ${functionKey}`)
    let finish: () => void = () => undefined
    const invocation: Invocation = {
      id: randomUUID(),
      token: randomBytes(16).toString('hex'),
      of,
      accountId: caller.accountId,
      chain: caller.chain ?? { pushes: 0 },
      minutes: Math.ceil(of.timeoutSeconds / 60),
      egress: 0,
      over: new Promise((resolve) => {
        finish = resolve
      }),
    }
    running.set(invocation.token, invocation)
    let started: number | undefined
    const message = {
      handler: of.handler,
      args,
      runtime: runtimeOf(invocation, caller),
      timeoutMs: of.timeoutSeconds * 1000,
    }
    try {
      const end = await lambdas.run(of, message, lineKeeper(invocation), () => {
        started = performance.now()
      })
      const ms = started === undefined ? 0 : performance.now() - started
      count(invocation, end, ms)
      note('invocation', `${functionKey} ${end.kind} after ${Math.round(ms)} ms`, { invocationId: invocation.id })
      return resultOf(of, end)
    } finally {
      running.delete(invocation.token)
      finish()
      onEnd()
    }
  }
}
export type Invoke = ReturnType<typeof createInvoker>
