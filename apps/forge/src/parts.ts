// Parts: stores what is too large for one value in several values, for a day.

import { values } from './values.js'

/** Characters of a part. With its name it fits into one value of 240 KiB, whatever the characters. */
const partLength = 60_000

/** Stores a JSON value under a name. Returns the number of parts. */
export async function keepInParts(name: string, value: unknown): Promise<number> {
  const text = JSON.stringify(value)
  const parts = Math.ceil(text.length / partLength)
  for (let part = 0; part < parts; part += 1)
    await values.setForADay(`${name}:${part}`, text.slice(part * partLength, (part + 1) * partLength))
  return parts
}

/** Reads a stored value; undefined when a part is missing. */
export async function readParts(name: string, parts: number): Promise<unknown> {
  const texts: string[] = []
  for (let part = 0; part < parts; part += 1) {
    const text = await values.get<string>(`${name}:${part}`)
    if (text === undefined) return undefined
    texts.push(text)
  }
  return JSON.parse(texts.join('')) as unknown
}
