// Opaque cursors: the list, the offset, and the parameters of the first page.

export interface Cursor {
  /** The list that the cursor belongs to. */
  readonly list: string
  readonly offset: number
  readonly parameters: Readonly<Record<string, unknown>>
  /** Epoch milliseconds when the cursor expires; absent when it never does. */
  readonly until?: number
}

export const writeCursor = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url')

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Reads a cursor of a list; undefined when it is invalid, expired or of another list. */
export function readCursor(text: string, list: string, now: number): Cursor | undefined {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    if (!isRecord(parsed)) return undefined
    const { list: whose, offset, parameters, until } = parsed
    if (whose !== list || !Number.isSafeInteger(offset) || Number(offset) < 0 || !isRecord(parameters)) return undefined
    if (typeof until === 'number' && until < now) return undefined
    return { list, offset: Number(offset), parameters, ...(typeof until === 'number' ? { until } : {}) }
  } catch {
    return undefined
  }
}

/** Scans items from an offset until a page is full; never reads items before it. */
export function scan<T, U>(items: readonly T[], offset: number, limit: number, pick: (item: T) => U | undefined) {
  const page: U[] = []
  let at = offset
  for (; at < items.length && page.length < limit; at += 1) {
    const picked = pick(items[at] as T)
    if (picked !== undefined) page.push(picked)
  }
  while (at < items.length && pick(items[at] as T) === undefined) at += 1
  return { page, next: at < items.length ? at : undefined }
}
