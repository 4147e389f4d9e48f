// Log lines go to the host, which counts them.

const { format } = require('node:util')

exports.captureConsole = (write) => {
  for (const level of ['debug', 'log', 'info', 'warn', 'error', 'trace'])
    console[level] = (...parts) => write({ level, text: format(...parts) })
}
