// Fetches a response within a time and a size: the limits hold until the body has been read to its end, so that a body
// which drips, never ends or unpacks to gigabytes holds nothing up.

import { second, type Duration } from '@rollcall/core'
import type { Fetch, FetchResponse } from './request.js'

/** The largest response that the client reads, after decompression. A page of 100 accounts has less than 1 MB. */
const largestBody = 32 * 2 ** 20

/** A response that exceeds a limit. `what` is the sentence for the admin. */
export class OutOfBounds extends Error {
  constructor(
    readonly exceeded: 'time' | 'size',
    readonly what: string,
  ) {
    super(what)
  }
}

const tooLarge = () =>
  new OutOfBounds('size', `sent more than ${largestBody / 2 ** 20} MB, which no answer of Atlassian needs`)

async function textOf({ body, text: whole }: FetchResponse, response: FetchResponse): Promise<string> {
  if (body === undefined || body === null || !(Symbol.asyncIterator in body)) {
    const text = await whole.call(response)
    if (text.length > largestBody) throw tooLarge()
    return text
  }
  const decoder = new TextDecoder()
  const pieces: string[] = []
  let size = 0
  // Not "for await": that waits for the rest of a body which it leaves. The caller closes the connection instead.
  const reader = body[Symbol.asyncIterator]()
  for (let next = await reader.next(); next.done !== true; next = await reader.next()) {
    size += next.value.byteLength
    if (size > largestBody) throw tooLarge()
    pieces.push(decoder.decode(next.value, { stream: true }))
  }
  return pieces.join('') + decoder.decode()
}

/** Sends a request, and reads its response to the end. Throws `OutOfBounds` when that takes too long or is too much. */
export async function boundedFetch(
  fetch: Fetch,
  url: string,
  init: Omit<Parameters<Fetch>[1], 'signal'>,
  longest: Duration,
): Promise<{ readonly response: FetchResponse; readonly text: string }> {
  const controller = new AbortController()
  const late = new OutOfBounds('time', `did not respond completely within ${longest / second} seconds`)
  let timer: ReturnType<typeof setTimeout> | undefined
  const ended = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      controller.abort(late)
      reject(late)
    }, longest)
  })
  const received = async () => {
    const response = await fetch(url, { ...init, signal: controller.signal })
    return { response, text: await textOf(response, response) }
  }
  try {
    return await Promise.race([received(), ended])
  } catch (failure) {
    controller.abort(failure) // closes the connection of a body that nobody reads any further
    throw failure
  } finally {
    clearTimeout(timer)
  }
}
