export { createDirectory, type DirectoryOptions } from './directory.js'
export type { Fetch } from './request.js'
