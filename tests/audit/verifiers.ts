// The two verifiers: the product's, and the single file for auditors. They share no code.

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkpointJudge, prunedOf, verifyChain } from '@rollcall/core'
import { ed25519 } from '@rollcall/node'
import type { Log } from './logs.js'

type Judged = Pick<Log, 'entries' | 'checkpoints'>
/** The index of the first wrong entry; undefined when the log verifies. */
export type Verdict = number | undefined

const system = { digest: (text: string) => Promise.resolve(createHash('sha256').update(text).digest('hex')) }

/** Verifies like the product, with the known key of the log. */
export async function product({ entries, checkpoints }: Judged, key?: string): Promise<Verdict> {
  async function* stream() {
    yield* entries
  }
  const chainVerdict = await verifyChain(stream(), system, prunedOf(checkpoints))
  const judge = checkpointJudge(checkpoints, ed25519, key)
  for (const entry of entries) judge.receive(entry)
  const verdict = chainVerdict.ok ? await judge.verdict(entries[0]?.index ?? 1, chainVerdict.entries) : chainVerdict
  return verdict === undefined || verdict.ok ? undefined : verdict.index
}

const file = fileURLToPath(new URL('../../docs/verify-audit-log.mjs', import.meta.url))
export const linesOf = ({ entries, checkpoints }: Judged): string =>
  [...entries, ...checkpoints.map((checkpoint) => ({ checkpoint }))].map((line) => `${JSON.stringify(line)}\n`).join('')

/** Runs the single file as an auditor would, optionally with checkpoints that were stored elsewhere. */
export function singleFileSays(exported: string, key?: string, kept?: string) {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-audit-'))
  const written = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  try {
    const words = [file, written('audit.jsonl', exported)]
    if (key !== undefined) words.push('--key', key)
    if (kept !== undefined) words.push('--checkpoints', written('kept.jsonl', kept))
    const { status, stdout } = spawnSync(process.execPath, words, { encoding: 'utf8' })
    return { status, stdout }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Verifies an export with the single file. */
export function singleFileOver(exported: string, key?: string, kept?: string): Verdict {
  const { status, stdout } = singleFileSays(exported, key, kept)
  return status === 0 ? undefined : Number(/^WRONG at entry (\d+)/.exec(stdout)?.[1] ?? Number.NaN)
}

export const singleFile = (log: Judged, key?: string): Verdict => singleFileOver(linesOf(log), key)
