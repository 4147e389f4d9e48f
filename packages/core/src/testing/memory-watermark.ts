// The Watermark port in memory.

import type { Watermark } from '../ports.js'
import { raisedMark } from '../audit/watermark.js'
import type { Mark } from '../model/mark.js'

/** Makes a watermark without a mark. */
export function memoryWatermark(): Watermark {
  let kept: Mark | undefined
  return {
    read: async () => kept,
    async raise(to) {
      if (kept === undefined || kept.index < to.index) kept = raisedMark(kept, to)
    },
    replace: async (mark) => void (kept = mark),
  }
}
