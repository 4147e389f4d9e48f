// MySQL (MariaDB, TiDB, Forge SQL) over a function that runs one statement: no driver, connection or transaction.

import {
  Kysely,
  MysqlAdapter,
  MysqlIntrospector,
  MysqlQueryCompiler,
  ValueNode,
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type LimitNode,
} from 'kysely'
import { isDeadlock } from './errors.js'
import type { Schema } from './schema.js'

/** The rows of a `select`, or how many rows a write changed. */
export type SqlAnswer = { readonly rows: readonly object[] } | { readonly affectedRows: number | string }

/** Runs one statement. `ddl` changes the schema, for which Forge SQL has a method of its own. */
export type RunSql = (query: string, parameters: readonly unknown[], kind: 'dml' | 'ddl') => Promise<SqlAnswer>

const attempts = 5
const isDdl = (query: string): boolean => /^\s*(create|alter|drop)\b/i.test(query)

/** The engine rolls the victim of a deadlock back completely, so it can run again. */
async function runPatiently(run: RunSql, { sql, parameters }: CompiledQuery): Promise<SqlAnswer> {
  for (let attempt = 1; ; attempt += 1)
    try {
      return await run(sql, parameters, isDdl(sql) ? 'ddl' : 'dml')
    } catch (error) {
      if (attempt === attempts || !isDeadlock(error)) throw error
    }
}

const refuse = (): never => {
  throw new Error('Statements over MySQL run one by one: there are no transactions and no streams.')
}

const connectionOver = (run: RunSql): DatabaseConnection => ({
  async executeQuery<R>(query: CompiledQuery) {
    const answer = await runPatiently(run, query)
    if ('rows' in answer) return { rows: answer.rows as R[] }
    return { rows: [], numAffectedRows: BigInt(answer.affectedRows) }
  },
  streamQuery: refuse,
})

const nothing = async () => {}

const driverOver = (connection: DatabaseConnection): Driver => ({
  init: nothing,
  acquireConnection: async () => connection,
  releaseConnection: nothing,
  destroy: nothing,
  beginTransaction: async () => refuse(),
  commitTransaction: async () => refuse(),
  rollbackTransaction: async () => refuse(),
})

/** Writes limits as literals: a driver may send numbers as floats, which `limit` does not accept. */
class LiteralLimits extends MysqlQueryCompiler {
  protected override visitLimit({ limit }: LimitNode): void {
    if (!ValueNode.is(limit)) throw new Error('A limit has to be a number.')
    this.append('limit ')
    this.appendImmediateValue(limit.value)
  }
}

/** Opens the store's database over a function that runs one statement. */
export const openMysql = (run: RunSql): Kysely<Schema> =>
  new Kysely<Schema>({
    dialect: {
      createAdapter: () => new MysqlAdapter(),
      createDriver: () => driverOver(connectionOver(run)),
      createIntrospector: (db) => new MysqlIntrospector(db),
      createQueryCompiler: () => new LiteralLimits(),
    },
  })
