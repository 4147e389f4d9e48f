// The files of the admin page's resource, with the shim in front of its scripts.

import { readFileSync, realpathSync, statSync } from 'node:fs'
import { extname, join, sep } from 'node:path'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json',
  '.map': 'application/json',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}
export interface PageFile {
  readonly type: string
  readonly bytes: Uint8Array
}
const shimTag = '<script src="/bridge.js"></script>'

/** Reads a file below the folder; undefined when there is none. */
export function readPageFile(folder: string, path: string): PageFile | undefined {
  try {
    const root = realpathSync(folder)
    const file = realpathSync(join(root, path === '' || path.endsWith('/') ? `${path}index.html` : path))
    if (!file.startsWith(root + sep) || !statSync(file).isFile()) return undefined
    const type = types[extname(file)] ?? 'application/octet-stream'
    const bytes = readFileSync(file)
    return { type, bytes: extname(file) === '.html' ? withShim(bytes.toString('utf8')) : bytes }
  } catch {
    return undefined
  }
}

function withShim(html: string): Uint8Array {
  const head = /<head[^>]*>/i
  return Buffer.from(head.test(html) ? html.replace(head, (tag) => tag + shimTag) : shimTag + html)
}
