#!/usr/bin/env node
// Verifies an export of Rollcall's audit log. It needs Node 20 or later and nothing else; it shares no code with Rollcall.
//
//   node verify-audit-log.mjs audit.jsonl [--checkpoints kept.jsonl] [--key PUBLICKEY]
//
// "rollcall audit export" makes the export. Each line is an entry {index, previous, fact, hash, personal?}:
//   hash     = SHA-256( previous hash, followed by the canonical JSON (RFC 8785) of {fact, index} ), in hex
//   personal = {salt, data}: personal data, kept beside the entry so that it can be erased; fact.personal contains
//              SHA-256( salt, followed by the canonical JSON of data )
// or a checkpoint {"checkpoint": {index, hash, at, why, publicKey, signature}}: an Ed25519 signature over the canonical
// JSON of all its other members. A log whose oldest entries were removed begins right after a checkpoint with why "pruned".
//
// --checkpoints  checkpoints that you kept elsewhere, one a line: they reveal that somebody cut off the end of the log
// --key          the public key (base64) that must have signed. Without it all checkpoints must have the same key. Somebody
//                who cut off the beginning of a log may have made that key, so compare it with the one you wrote down
//
// Prints the result, or the index of the first entry that does not verify. Exit codes: 0 everything verifies, 1 something
// does not, 2 wrong arguments or an unreadable file.

import crypto, { createHash, createPublicKey, verify } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { parseArgs } from 'node:util'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { checkpoints: { type: 'string' }, key: { type: 'string' } },
})
const [exportFile] = positionals
if (exportFile === undefined) {
  console.error('Name the export to verify: node verify-audit-log.mjs audit.jsonl')
  process.exit(2)
}

/** crypto.hash exists since Node 20.12 and is faster. */
const sha256 = crypto.hash
  ? (text) => crypto.hash('sha256', text)
  : (text) => createHash('sha256').update(text, 'utf8').digest('hex')

/** Checks whether all members are sorted already, as in most exports: then JSON.stringify is enough. */
function isInOrder(value) {
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value)) return value.every(isInOrder)
  let before
  for (const name of Object.keys(value)) {
    if (before !== undefined && before > name) return false
    if (!isInOrder(value[name])) return false
    before = name
  }
  return true
}

/** RFC 8785: members sorted by name, no spaces, numbers and strings as JSON.stringify writes them. */
function canonical(value) {
  if (isInOrder(value)) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const names = Object.keys(value).sort()
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`
}

function wrong(index, why) {
  console.log(`WRONG at entry ${index}: ${why}`)
  process.exit(1)
}

function open(file) {
  try {
    return openSync(file)
  } catch (failure) {
    console.error(`Cannot read ${file}: ${failure.message}`)
    process.exit(2)
  }
}

/** Reads a file in portions of whole lines. All portions share one buffer: use each before you ask for the next. */
function* portionsOf(file) {
  const source = open(file)
  let [memory, filled] = [Buffer.alloc(1 << 18), 0]
  for (;;) {
    const read = readSync(source, memory, filled, memory.length - filled)
    if (read === 0) break
    filled += read
    const end = memory.lastIndexOf('\n', filled - 1) + 1
    yield memory.subarray(0, end)
    memory.copyWithin(0, end, filled)
    filled -= end
    if (filled === memory.length) memory = Buffer.concat([memory, Buffer.alloc(filled)])
  }
  closeSync(source)
  yield memory.subarray(0, filled)
}

/** The lines that are not empty. Decodes line by line, because decoding whole portions is slow for text beyond ASCII. */
function* linesIn(portion) {
  for (let start = 0; start < portion.length;) {
    const found = portion.indexOf('\n', start)
    const end = found === -1 ? portion.length : found
    const line = portion.toString('utf8', start, end)
    if (line.trim() !== '') yield line
    start = end + 1
  }
}

/** Parses a line; undefined if it is not JSON. */
function parsed(line) {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function isGenuine({ signature, ...rest }) {
  try {
    const key = createPublicKey({ key: Buffer.from(rest.publicKey, 'base64'), format: 'der', type: 'spki' })
    return verify(null, Buffer.from(canonical(rest)), key, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}

// First pass: collect the checkpoints. A log without its oldest entries needs one to start from.
const checkpoints = []
for (const portion of portionsOf(exportFile)) {
  if (!portion.includes('"checkpoint"')) continue
  for (const line of linesIn(portion)) {
    const found = parsed(line)?.checkpoint
    if (found) checkpoints.push(found)
  }
}
const exported = checkpoints.length
if (values.checkpoints !== undefined)
  for (const portion of portionsOf(values.checkpoints))
    for (const line of linesIn(portion)) {
      const found = parsed(line) ?? {}
      checkpoints.push(found.checkpoint ?? found)
    }
const owner = values.key ?? checkpoints[0]?.publicKey
for (const one of checkpoints)
  if (one.publicKey !== owner || !isGenuine(one))
    wrong(one.index ?? '?', 'its checkpoint was not signed with the key of this log')

// Second pass: verify the chain entry by entry.
const signed = new Map()
for (const { index, hash } of checkpoints) {
  if ((signed.get(index) ?? hash) !== hash)
    wrong(index, 'two checkpoints sign different entries here: somebody signed the log again')
  signed.set(index, hash)
}
let [first, last, hash, erased] = [undefined, 0, '0'.repeat(64), 0]
function verifyEntry(entry) {
  const { index, previous, fact, personal } = entry
  if (first === undefined) {
    const pruned = checkpoints.filter((one) => one.why === 'pruned').sort((a, b) => a.index - b.index)
    const anchor = pruned.findLast((one) => one.index === index - 1 && one.hash === previous) ?? pruned.at(-1)
    const whole = index === 1 && previous === hash
    if (anchor !== undefined && !whole) [last, hash] = [anchor.index, anchor.hash]
    first = last + 1
  }
  const expected = last + 1
  if (typeof fact !== 'object' || fact === null) wrong(expected, 'it is not an entry')
  if (index !== expected || previous !== hash) wrong(expected, 'an entry was removed, moved or inserted here')
  if (entry.hash !== sha256(previous + canonical({ fact, index }))) wrong(expected, 'it was changed')
  if (personal !== undefined && fact.personal !== sha256(`${personal?.salt}${canonical(personal?.data)}`))
    wrong(expected, 'the personal data beside it was changed')
  if (fact.personal !== undefined && personal === undefined) erased += 1
  if (signed.has(index) && signed.get(index) !== entry.hash)
    wrong(index, 'it is not the entry that was signed: somebody rebuilt the log from an earlier entry on')
  ;[last, hash] = [index, entry.hash]
}
for (const portion of portionsOf(exportFile))
  for (const line of linesIn(portion)) {
    const entry = parsed(line) ?? {}
    if (!entry.checkpoint) verifyEntry(entry)
  }
const newest = Math.max(0, ...signed.keys())
if (newest > last)
  wrong(last + 1, `the log ends at entry ${last}, but entry ${newest} was signed: somebody cut off its end`)
console.log(
  `All is well: entries ${first ?? 1} to ${last}, ${checkpoints.length} checkpoints` +
    `${owner === undefined ? '' : ` signed with ${owner}`}, personal data erased beside ${erased} entries. Newest hash ${hash}.`,
)
const keyConfirmed = values.key !== undefined || checkpoints.length > exported
if (first > 1 && !keyConfirmed)
  console.log(
    `The log begins at entry ${first}, after a checkpoint whose key you did not give. Somebody who cut off the earlier ` +
      'entries may have made that key. Compare it with the key that you wrote down, or give that key with --key.',
  )
if (checkpoints.length === 0)
  console.log('The export contains no checkpoint, so missing entries at its end do not show.')
