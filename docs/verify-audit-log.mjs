#!/usr/bin/env node
// Verifies an export of Rollcall's audit log, on its own: nothing but Node 20 or later is needed, and nothing of Rollcall.
//
//   node verify-audit-log.mjs audit.jsonl [--checkpoints kept.jsonl] [--key PUBLICKEY]
//
// The export is made with "rollcall audit export". Each line is an entry {index, previous, fact, hash, personal?}:
//   hash     = SHA-256( previous hash, followed by the canonical JSON (RFC 8785) of {fact, index} ), in hex
//   personal = {salt, data}: names that stand beside the entry until they are erased; fact.personal holds
//              SHA-256( salt, followed by the canonical JSON of data )
// or a checkpoint {"checkpoint": {index, hash, at, why, publicKey, signature}}: an Ed25519 signature over the canonical
// JSON of all its other members. A log whose oldest entries were removed begins right after a checkpoint of why "pruned".
//
// --checkpoints  checkpoints that were kept elsewhere, one a line: against them a log shows that was cut at its end
// --key          the public key (base64) that must have signed; without it all checkpoints must agree on one, and whoever
//                cut off the beginning of a log may have made that one: then compare it with the one you wrote down
// Prints what it found, and the index of the first entry that is wrong. Ends with 0 when all is well, 1 when not, 2 when
// a file cannot be read.

import crypto, { createHash, createPublicKey, verify } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { parseArgs } from 'node:util'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { checkpoints: { type: 'string' }, key: { type: 'string' } },
})
const [exportFile] = positionals
if (exportFile === undefined) {
  console.error('Give the file of an export: node verify-audit-log.mjs audit.jsonl')
  process.exit(2)
}

/** In one call where Node has it (20.12), which is quicker. */
const sha256 = crypto.hash
  ? (text) => crypto.hash('sha256', text)
  : (text) => createHash('sha256').update(text, 'utf8').digest('hex')

/** Says whether the names of all members are in order already, as they are in most exports. */
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

/** RFC 8785: members sorted by their names, no space, numbers and texts as JSON.stringify writes them. */
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

function opened(file) {
  try {
    return openSync(file)
  } catch (failure) {
    console.error(`${file} cannot be read: ${failure.message}`)
    process.exit(2)
  }
}

/** A file in portions of whole lines; each is read into the same memory, and has to be used before the next. */
function* portionsOf(file) {
  const source = opened(file)
  let [memory, held] = [Buffer.alloc(1 << 18), 0]
  for (;;) {
    const read = readSync(source, memory, held, memory.length - held)
    if (read === 0) break
    held += read
    const end = memory.lastIndexOf('\n', held - 1) + 1
    yield memory.subarray(0, end)
    memory.copyWithin(0, end, held)
    held -= end
    if (held === memory.length) memory = Buffer.concat([memory, Buffer.alloc(held)])
  }
  closeSync(source)
  yield memory.subarray(0, held)
}

/** The lines that are not empty. Line by line, since whole portions are slow to read where a text is not plain ASCII. */
function* linesIn(portion) {
  for (let start = 0; start < portion.length;) {
    const found = portion.indexOf('\n', start)
    const end = found === -1 ? portion.length : found
    const line = portion.toString('utf8', start, end)
    if (line.trim() !== '') yield line
    start = end + 1
  }
}

/** What a line says; undefined when it is no JSON. */
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

// First pass: the checkpoints, since a log whose beginning was removed needs one to begin with.
const checkpoints = []
for (const portion of portionsOf(exportFile)) {
  if (!portion.includes('"checkpoint"')) continue
  for (const line of linesIn(portion)) {
    const told = parsed(line)?.checkpoint
    if (told) checkpoints.push(told)
  }
}
const exported = checkpoints.length
if (values.checkpoints !== undefined)
  for (const portion of portionsOf(values.checkpoints))
    for (const line of linesIn(portion)) {
      const told = parsed(line) ?? {}
      checkpoints.push(told.checkpoint ?? told)
    }
const owner = values.key ?? checkpoints[0]?.publicKey
for (const one of checkpoints)
  if (one.publicKey !== owner || !isGenuine(one))
    wrong(one.index ?? '?', 'its checkpoint was not signed with the key of this log')

// Second pass: the chain, each entry on the one before it.
const wanted = new Map()
for (const { index, hash } of checkpoints) {
  if ((wanted.get(index) ?? hash) !== hash)
    wrong(index, 'two checkpoints tell of different entries: the log was signed anew')
  wanted.set(index, hash)
}
let [first, last, hash, erased] = [undefined, 0, '0'.repeat(64), 0]
function judge(entry) {
  const { index, previous, fact, personal } = entry
  if (first === undefined) {
    const pruned = checkpoints.filter((one) => one.why === 'pruned').sort((a, b) => a.index - b.index)
    const anchor = pruned.findLast((one) => one.index === index - 1 && one.hash === previous) ?? pruned.at(-1)
    const whole = index === 1 && previous === hash
    if (anchor !== undefined && !whole) [last, hash] = [anchor.index, anchor.hash]
    first = last + 1
  }
  const expected = last + 1
  if (typeof fact !== 'object' || fact === null) wrong(expected, 'it is no entry')
  if (index !== expected || previous !== hash) wrong(expected, 'it was removed, moved or put in')
  if (entry.hash !== sha256(previous + canonical({ fact, index }))) wrong(expected, 'it was altered')
  if (personal !== undefined && fact.personal !== sha256(`${personal?.salt}${canonical(personal?.data)}`))
    wrong(expected, 'the names beside it were altered')
  if (fact.personal !== undefined && personal === undefined) erased += 1
  if (wanted.has(index) && wanted.get(index) !== entry.hash)
    wrong(index, 'it is not the one that was signed: the log was made anew from an entry before it on')
  ;[last, hash] = [index, entry.hash]
}
for (const portion of portionsOf(exportFile))
  for (const line of linesIn(portion)) {
    const entry = parsed(line) ?? {}
    if (!entry.checkpoint) judge(entry)
  }
const newest = Math.max(0, ...wanted.keys())
if (newest > last)
  wrong(last + 1, `the log ends at entry ${last}, and entry ${newest} was signed: its tail was cut off`)
console.log(
  `All is well: entries ${first ?? 1} to ${last}, ${checkpoints.length} checkpoints` +
    `${owner === undefined ? '' : ` signed with ${owner}`}, names erased beside ${erased} entries. Newest hash ${hash}.`,
)
const vouched = values.key !== undefined || checkpoints.length > exported
if (first > 1 && !vouched)
  console.log(
    `It begins at entry ${first}, after a checkpoint of a key that was not given: whoever cut off the entries before may ` +
      'have made that key. Compare it with the one that you wrote down, or give it with --key.',
  )
if (checkpoints.length === 0)
  console.log('Without a checkpoint nobody can tell whether entries are missing at the end.')
