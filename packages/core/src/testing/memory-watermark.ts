// The Watermark port for tests: a mark that only this object holds.

import type { Mark, Watermark } from '../ports.js'

/** Makes a watermark that nothing has been written to. */
export function memoryWatermark(): Watermark {
  let kept: Mark | undefined
  return { read: async () => kept, write: async (mark) => void (kept = mark) }
}
