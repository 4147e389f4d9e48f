// SHA-256 in plain TypeScript: for short texts much faster than the platform, which computes it in another thread.

interface Encoding {
  readonly TextEncoder: new () => { encode(text: string): Uint8Array }
}
const { TextEncoder } = globalThis as unknown as Encoding
const encoder = new TextEncoder()

const isPrime = (n: number): boolean => {
  for (let divisor = 2; divisor * divisor <= n; divisor += 1) if (n % divisor === 0) return false
  return true
}
const primes = Array.from({ length: 312 }, (_, n) => n).filter((n) => n > 1 && isPrime(n))
/** The first 32 bits of the fractional part of a root. */
const fraction = (root: number): number => Math.floor((root % 1) * 2 ** 32) | 0
const constants = Int32Array.from(primes.slice(0, 64), (prime) => fraction(Math.cbrt(prime)))
const start = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)))

const turn = (word: number, by: number): number => (word >>> by) | (word << (32 - by))
const words = new Int32Array(64)

function compress(state: Int32Array, view: DataView, offset: number): void {
  for (let n = 0; n < 16; n += 1) words[n] = view.getInt32(offset + 4 * n)
  for (let n = 16; n < 64; n += 1) {
    const [early, late] = [words[n - 15] as number, words[n - 2] as number]
    const low = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3)
    const high = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10)
    words[n] = (words[n - 16] as number) + low + (words[n - 7] as number) + high
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number]
  for (let n = 0; n < 64; n += 1) {
    const high = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)
    const first = (h + high + ((e & f) ^ (~e & g)) + (constants[n] as number) + (words[n] as number)) | 0
    const low = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)
    const second = (low + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + first) | 0
    d = c
    c = b
    b = a
    a = (first + second) | 0
  }
  for (const [n, word] of [a, b, c, d, e, f, g, h].entries()) state[n] = (state[n] as number) + word
}

/** SHA-256 of the UTF-8 text, in lower-case hex. */
export async function sha256(text: string): Promise<string> {
  const bytes = encoder.encode(text)
  const padded = new Uint8Array(64 * Math.ceil((bytes.length + 9) / 64))
  padded.set(bytes)
  padded[bytes.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29))
  view.setUint32(padded.length - 4, bytes.length << 3)
  const state = Int32Array.from(start)
  for (let offset = 0; offset < padded.length; offset += 64) compress(state, view, offset)
  return [...state].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
}
