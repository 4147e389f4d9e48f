// A lambda has no network of its own: every socket fails.

const { Socket } = require('node:net')

exports.guardNetwork = () => {
  Socket.prototype.connect = function (...args) {
    const given = Array.isArray(args[0]) ? args[0][0] : args[0]
    const to = typeof given === 'object' && given !== null ? given : { port: given, host: args[1] }
    const where = to.path ?? `${to.host ?? 'localhost'}:${to.port}`
    const refused = new Error(`A socket to ${where} was refused: the app can send requests only with fetch()`)
    process.nextTick(() => this.destroy(Object.assign(refused, { code: 'EACCES' })))
    return this
  }
}
