// The watermark in the platform's key-value store, which a restored SQL database does not take back along.

import { kvs } from '@forge/kvs'
import { raisedMark, type Mark, type Watermark } from '@rollcall/core'

const name = 'watermark'
const read = (): Promise<Mark | undefined> => kvs.get<Mark>(name)

export const watermark: Watermark = {
  read,
  async raise(to) {
    const mark = await read()
    if (mark === undefined || mark.index < to.index) await kvs.set(name, raisedMark(mark, to))
  },
  replace: (mark) => kvs.set(name, mark),
}
