// The errors of the store: turns what a driver throws into one sentence that tells an admin what to do.

export type StoreErrorCode =
  | 'full'
  | 'read-only'
  | 'corrupt'
  | 'busy'
  | 'disk'
  | 'unopenable'
  | 'contended'
  | 'slow'
  | 'too-long'
  | 'newer'
  | 'refused'

const sentences: Readonly<Record<StoreErrorCode, string>> = {
  full: 'The disk that holds the Rollcall database is full, so nothing more was written. Free some space, then try again.',
  'read-only':
    'The Rollcall database is read-only, so nothing was written. Give the user that runs Rollcall write permission on the file and its folder, then try again.',
  corrupt:
    'The Rollcall database is damaged. Stop Rollcall, keep a copy of the damaged file, and restore the newest backup.',
  busy: 'Another process kept the Rollcall database locked for too long. Close other programs that have the file open, then try again.',
  disk: 'The disk that holds the Rollcall database failed to read or write. Check the disk and its connection, then try again.',
  unopenable:
    'The Rollcall database cannot be opened. Check that its folder exists and that the user that runs Rollcall may read and write it.',
  contended:
    'Too many other processes were writing to the audit log, so the entry was not stored. Try again in a moment.',
  slow: 'The Rollcall database took longer over one request than it may, so it was not carried out. Try again in a moment; should it happen again, look at the cause in the log.',
  'too-long':
    'A name or an id is longer than the Rollcall database can take, so nothing was written. Shorten it, then try again.',
  newer:
    'A newer version of Rollcall has written this database, so this version neither reads nor changes it. Start the newer version again, or restore the backup that you made before the update.',
  refused:
    'The Rollcall database refused the request. Check that database and program are of the same version, then look at the cause in the server log.',
}

/** The error of the store when its database fails. `message` is for the admin, `cause` for the log. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  constructor(
    readonly code: StoreErrorCode,
    cause?: unknown,
  ) {
    super(sentences[code], { cause })
  }
}

// SQLite's extended codes start with the primary one, such as SQLITE_IOERR_WRITE. After them come the codes of
// Forge SQL and MySQL.
const primaryCodes: readonly (readonly [prefix: string, code: StoreErrorCode])[] = [
  ['SQLITE_FULL', 'full'],
  ['SQLITE_READONLY', 'read-only'],
  ['SQLITE_CORRUPT', 'corrupt'],
  ['SQLITE_NOTADB', 'corrupt'],
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_LOCKED', 'busy'],
  ['SQLITE_IOERR', 'disk'],
  ['SQLITE_CANTOPEN', 'unopenable'],
  ['SQLITE_PERM', 'unopenable'],
  ['SQLITE_', 'refused'],
  ['QUERY_TIMED_OUT', 'slow'],
  ['SQL_EXECUTION_ERROR', 'refused'],
  ['INVALID_SQL_QUERY', 'refused'],
  ['ER_', 'refused'],
]

/** Says whether two writes collided and the engine rolled this one back. */
export const isDeadlock = (error: unknown): boolean =>
  error instanceof Error && /deadlock|write conflict/i.test(error.message)

/** Turns a driver's error into a StoreError. Returns any other error unchanged. */
export function asStoreError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
  const known = primaryCodes.find(([prefix]) => code.startsWith(prefix))
  return known === undefined ? error : new StoreError(known[1], error)
}

/** Wraps each method of a port, so that it throws StoreErrors instead of a driver's errors. */
export function guarded<T extends object>(methods: T): T {
  return new Proxy(methods, {
    get(target, key): unknown {
      const method: unknown = Reflect.get(target, key)
      if (typeof method !== 'function') return method
      return async (...parameters: readonly unknown[]): Promise<unknown> => {
        try {
          return await (Reflect.apply(method, target, parameters) as unknown)
        } catch (error) {
          throw asStoreError(error)
        }
      }
    },
  })
}
