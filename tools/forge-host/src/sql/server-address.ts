// The address of a SQL server as a URL.

import type { SqlServer } from './database.js'

const form = 'mysql://user:password@host:port, or mysql://user@localhost/path/to/socket'

/** Reads an address; a path after the host is that of a socket. */
export function sqlServerOf(text: string): SqlServer {
  if (!/^(mysql|mariadb):\/\/./.test(text) || !URL.canParse(text))
    throw new Error(`The SQL server is not of the form ${form}`)
  const { username, password, hostname, port, pathname } = new URL(text)
  const who = {
    user: username === '' ? 'root' : decodeURIComponent(username),
    ...(password === '' ? {} : { password: decodeURIComponent(password) }),
  }
  if (pathname.length > 1) return { ...who, socketPath: decodeURIComponent(pathname) }
  if (hostname === '') throw new Error(`The SQL server is not of the form ${form}`)
  return { ...who, host: hostname, port: Number(port === '' ? '3306' : port) }
}
