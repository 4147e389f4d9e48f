// Fast digests, because the simulation hashes a lot.

import crypto, { createHash } from 'node:crypto'

/** SHA-256 in hex; in one call where Node has it (20.12). */
export const sha256 = (text: string): string =>
  'hash' in crypto ? crypto.hash('sha256', text) : createHash('sha256').update(text).digest('hex')
export const digest = (text: string) => Promise.resolve(sha256(text))
