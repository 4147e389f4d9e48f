// A lambda can reach only the platform's proxy: sockets to any other address fail.

const { Socket } = require('node:net')

exports.guardNetwork = (proxyUrl) => {
  const { hostname, port } = new URL(proxyUrl)
  const connect = Socket.prototype.connect
  Socket.prototype.connect = function (...args) {
    const given = Array.isArray(args[0]) ? args[0][0] : args[0]
    const to = typeof given === 'object' && given !== null ? given : { port: given, host: args[1] }
    if (!to.path && String(to.port) === port && to.host === hostname) return connect.apply(this, args)
    const where = to.path ?? `${to.host ?? 'localhost'}:${to.port}`
    const refused = new Error(`A socket to ${where} was refused: the app can send requests only with fetch()`)
    process.nextTick(() => this.destroy(Object.assign(refused, { code: 'EACCES' })))
    return this
  }
}
