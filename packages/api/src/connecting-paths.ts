// Connecting is not an operation, because each host stores keys in its own way.

export const connectingPaths = {
  connection: { method: 'get', path: '/connection' },
  connect: { method: 'put', path: '/connection' },
  disconnect: { method: 'delete', path: '/connection' },
} as const
