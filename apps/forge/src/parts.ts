// Parts: what is too large for one value is kept in several, for a day.

import { values } from './values.js'

/** A part and its name fit into one value of 240 KiB, whatever the characters. */
const partLength = 60_000

/** Keeps what JSON can say under a name; answers how many parts that took. */
export async function keepInParts(name: string, value: unknown): Promise<number> {
  const text = JSON.stringify(value)
  const parts = Math.ceil(text.length / partLength)
  for (let part = 0; part < parts; part += 1)
    await values.setForADay(`${name}:${part}`, text.slice(part * partLength, (part + 1) * partLength))
  return parts
}

/** Reads what was kept; undefined when a part of it is gone. */
export async function readParts(name: string, parts: number): Promise<unknown> {
  const texts: string[] = []
  for (let part = 0; part < parts; part += 1) {
    const text = await values.get<string>(`${name}:${part}`)
    if (text === undefined) return undefined
    texts.push(text)
  }
  return JSON.parse(texts.join('')) as unknown
}
