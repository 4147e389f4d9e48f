// npm run audit-figures: tampers with a log of 10,000 entries in every way, verifies 1,000 clean logs, and measures how
// many entries a second each verifier checks. Fails when a verifier misses a tampering or rejects a clean log.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { randomOf } from '../simulation/random.js'
import { fill, makeLog, openLog } from './logs.js'
import { tamperings } from './tamperings.js'
import { product, singleFile } from './verifiers.js'

const length = 10_000
const each = 44
const eachInFile = 5
const clean = 1000
const bound = 50_000

const log = await makeLog(2, length)
const key = await log.signer.publicKey()
let [tried, found, triedInFile, foundInFile] = [0, 0, 0, 0]
for (const [name, tamper] of Object.entries(tamperings)) {
  const before = found + foundInFile
  for (let seed = 1; seed <= each; seed += 1) {
    const tampered = await tamper(log, randomOf(seed))
    tried += 1
    found += (await product(tampered, key)) === tampered.index ? 1 : 0
    if (seed > eachInFile) continue
    triedInFile += 1
    foundInFile += singleFile(tampered, key) === tampered.index ? 1 : 0
  }
  console.log(`${name.padEnd(36)} found ${found + foundInFile - before} of ${each + eachInFile}`)
}
console.log(
  `Tampered with a log of ${log.entries.length} entries: the product found ${found} of ${tried}, the single file ${foundInFile} of ${triedInFile}, each with the right index.`,
)

let [blamed, pruned, erased] = [0, 0, 0]
for (let seed = 1; seed <= clean; seed += 1) {
  const one = await makeLog(seed, 5 + (seed % 80))
  pruned += (one.entries[0]?.index ?? 1) > 1 ? 1 : 0
  erased += one.entries.some(({ fact }) => fact.event === 'forgotten') ? 1 : 0
  blamed += (await product(one)) === undefined ? 0 : 1
  if (seed % 25 === 0) blamed += singleFile(one) === undefined ? 0 : 1
}
console.log(
  `${clean} clean logs (${erased} with an erased person, ${pruned} with removed oldest entries): ${blamed} false alarms.`,
)

const { app, ports, close } = await openLog(1)
await fill(ports.auditLog, length, randomOf(1))
await app.checkpoint()
const speeds: number[] = []
for (let n = 0; n < 5; n += 1) {
  const begun = performance.now()
  const verified = await app.verifyAudit()
  if (!verified.ok) throw new Error(verified.message)
  speeds.push(Math.round(verified.entries / ((performance.now() - begun) / 1000)))
}
const entries = await ports.auditLog.read(0, length)
await close()
const folder = mkdtempSync(join(tmpdir(), 'rollcall-audit-'))
const file = join(folder, 'audit.jsonl')
writeFileSync(file, entries.map((one) => `${JSON.stringify(one)}\n`).join(''))
const script = fileURLToPath(new URL('../../docs/verify-audit-log.mjs', import.meta.url))
const time = (words: readonly string[]) => {
  const begun = performance.now()
  spawnSync(process.execPath, [...words])
  return performance.now() - begun
}
const nothing = join(folder, 'empty.jsonl')
writeFileSync(nothing, '')
const started = Math.min(...Array.from({ length: 5 }, () => time([script, nothing])))
const whole = Math.min(...Array.from({ length: 5 }, () => time([script, file])))
const spent = whole - started
rmSync(folder, { recursive: true, force: true })
const best = Math.max(...speeds)
const inFile = Math.round(length / (spent / 1000))
const met = (value: number) => `${value} entries a second (at least ${bound}: ${value >= bound ? 'met' : 'MISSED'})`
console.log(`The product verifies ${met(best)}, read from SQLite, names and checkpoints included.`)
console.log(
  `The single file verifies ${met(inFile)}, read from an export: ${length} in ${Math.round(whole)} ms, of which it starts for ${Math.round(started)}.`,
)
process.exit(found < tried || foundInFile < triedInFile || blamed > 0 ? 1 : 0)
