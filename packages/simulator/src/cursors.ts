// Opaque cursors: where to scan on, and what the page was asked for.

export interface Cursor {
  readonly offset: number
  readonly body: Readonly<Record<string, unknown>>
}

export const writeCursor = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url')

/** Reads a cursor; undefined when it is not one of ours. */
export function readCursor(text: string): Cursor | undefined {
  try {
    const parsed = JSON.parse(Buffer.from(text, 'base64url').toString()) as Partial<Cursor>
    return typeof parsed.offset === 'number' && typeof parsed.body === 'object'
      ? { offset: parsed.offset, body: parsed.body }
      : undefined
  } catch {
    return undefined
  }
}

/** Scans items from an offset until a page is full; never looks at what lies before. */
export function scan<T>(items: readonly T[], offset: number, limit: number, fits: (item: T) => boolean) {
  const page: T[] = []
  let at = offset
  for (; at < items.length && page.length < limit; at += 1) {
    const item = items[at]
    if (item !== undefined && fits(item)) page.push(item)
  }
  while (at < items.length && !fits(items[at] as T)) at += 1
  return { page, next: at < items.length ? at : undefined }
}
