// Loaded into the server before it starts (node --require), by the kill tests only. It changes three things:
// - it kills the process, with SIGKILL and at once, right before or right after the Nth statement that writes, or that appends to the audit log;
// - its clock shows the simulated time, which the driver names at the start;
// - waits (of a read-back, between tries) take no time: both clocks, here and at the simulator, are put forward instead.

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

/** Runs a statement that writes, or does not live to. */
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

const answered = new Map()
let asked = 0
const ask = (message) =>
  new Promise((resolve) => {
    asked += 1
    answered.set(asked, resolve)
    process.send({ ...message, id: asked })
  })

const sleep = timers.setTimeout
if (process.env.KILL_REAL_WAITS === undefined) {
  timers.setTimeout = async (ms, value, options) => {
    if (ms < 20 || (ms > 1000 && options?.signal !== undefined)) return sleep(ms, value, options)
    // The driver puts the simulator's clock forward first, and remembers it for the next start.
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
    answered.get(message.id)?.()
    answered.delete(message.id)
  }
})
// Nothing outlives its driver.
process.on('disconnect', () => process.exit())
process.channel.unref()
