// The exports of the store for hosts.

export { createAuditLog } from './audit-log.js'
export { asStoreError, StoreError, type StoreErrorCode } from './errors.js'
export { isMigrated, migrate, migrations, type Migration } from './migrations.js'
export { openMysql, type RunSql, type SqlAnswer } from './mysql.js'
export type { Schema } from './schema.js'
export { openSqlite } from './sqlite.js'
export { createStore } from './store.js'
