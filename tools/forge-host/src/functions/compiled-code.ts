// The compiled code of bundles, kept in memory for the next lambdas of this process.

import { statSync } from 'node:fs'

interface Compiled {
  readonly changedMs: number
  readonly code: Uint8Array
}
const kept = new Map<string, Compiled>()
const changedMsOf = (bundle: string): number => statSync(bundle, { throwIfNoEntry: false })?.mtimeMs ?? 0

/** The compiled code of a bundle; undefined when none is kept, or when the bundle has changed. */
export function compiledCodeOf(bundle: string): Uint8Array | undefined {
  const compiled = kept.get(bundle)
  return compiled?.changedMs === changedMsOf(bundle) ? compiled.code : undefined
}

/** Keeps the compiled code of a bundle. The memory is shared, so that no lambda copies it. */
export function keepCompiledCode(bundle: string, code: Uint8Array): void {
  const shared = new Uint8Array(new SharedArrayBuffer(code.length))
  shared.set(code)
  kept.set(bundle, { changedMs: changedMsOf(bundle), code: shared })
}
