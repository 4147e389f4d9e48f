// The watermark is in the platform's key-value store, which a restored SQL database does not roll back.

import { raisedMark, type Mark, type Watermark } from '@rollcall/core'
import { values } from './values.js'

const name = 'watermark'
const read = (): Promise<Mark | undefined> => values.get<Mark>(name)

export const watermark: Watermark = {
  read,
  async raise(to) {
    const mark = await read()
    if (mark === undefined || mark.index < to.index) await values.set(name, raisedMark(mark, to))
  },
  replace: (mark) => values.set(name, mark),
}
