// The kill tests load this into the server before it starts (node --require). It does three things:
// - it kills the process with SIGKILL right before or right after the Nth write, or the Nth audit entry;
// - it makes the clock show the simulated time, which the driver passes at the start;
// - it replaces waits (of a read-back, between tries) by moving both clocks forward, here and in the simulator.

const { syncBuiltinESMExports } = require('node:module')
const timers = require('node:timers/promises')
const Database = require('better-sqlite3')

const die = () => process.kill(process.pid, 'SIGKILL')

let [writes, entries] = [0, 0]
let armed
const arm = (point) => {
  ;[writes, entries] = [0, 0]
  armed = point ?? undefined
}
arm(JSON.parse(process.env.KILL_POINT ?? 'null'))

/** Runs a write, and kills the process before or after it if it is the armed one. */
function write(act, isEntry) {
  writes += 1
  if (isEntry) entries += 1
  const counted = armed?.of !== 'entry' ? writes : isEntry ? entries : 0
  const here = armed !== undefined && counted === armed.n
  if (here && armed.when === 'before') die()
  const result = act()
  if (here) die()
  return result
}
const prepare = Database.prototype.prepare
Database.prototype.prepare = function (sql) {
  const statement = prepare.call(this, sql)
  if (statement.readonly && !/^\s*commit/i.test(sql)) return statement
  const isEntry = /into "?audit"?\b/.test(sql)
  for (const name of ['run', 'all', 'get']) {
    const act = statement[name]
    statement[name] = (...given) => write(() => act.apply(statement, given), isEntry)
  }
  return statement
}

let offset = Number(process.env.KILL_CLOCK_OFFSET ?? 0)
const RealDate = Date
const realNow = RealDate.now
globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(realNow() + offset)
    else super(...given)
  }
  static now() {
    return realNow() + offset
  }
}

const waiting = new Map()
let newestId = 0
const ask = (message) =>
  new Promise((resolve) => {
    newestId += 1
    waiting.set(newestId, resolve)
    process.send({ ...message, id: newestId })
  })

const sleep = timers.setTimeout
if (process.env.KILL_REAL_WAITS === undefined) {
  timers.setTimeout = async (ms, value, options) => {
    if (ms < 20 || (ms > 1000 && options?.signal !== undefined)) return sleep(ms, value, options)
    // First the driver moves the simulator's clock forward, and keeps the offset for the next start.
    await ask({ skip: ms })
    offset += ms
    return sleep(1, value, options)
  }
  syncBuiltinESMExports()
}

process.on('message', (message) => {
  if ('arm' in message) {
    arm(message.arm)
    process.send({ id: message.id })
  } else if ('count' in message) process.send({ id: message.id, writes, entries })
  else {
    waiting.get(message.id)?.()
    waiting.delete(message.id)
  }
})
// The server ends with its driver.
process.on('disconnect', () => process.exit())
process.channel.unref()
