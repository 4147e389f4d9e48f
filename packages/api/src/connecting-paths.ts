// The connection to the organization is no operation: each host keeps keys in its own way.

export const connectingPaths = {
  connection: { method: 'get', path: '/connection' },
  connect: { method: 'put', path: '/connection' },
  disconnect: { method: 'delete', path: '/connection' },
} as const
